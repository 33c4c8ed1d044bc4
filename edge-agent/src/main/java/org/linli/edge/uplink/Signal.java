package org.linli.edge.uplink;

import org.linli.event.Receipt;

/** An event for the uplink's thread. */
sealed interface Signal {

  /** The outbox has new rows. */
  record Committed() implements Signal {}

  /** The hub sent a receipt. */
  record ReceiptReceived(Receipt receipt) implements Signal {}

  /** The hub sent a registry message. */
  record RegistryReceived(byte[] message) implements Signal {}

  /** Another connection with this gateway's identity took over (MQTT 5 reason 0x8E). */
  record TakenOver() implements Signal {}

  /** The connection broke. */
  record Lost(String why) implements Signal {}
}
