package org.linli.edge.uplink;

import org.linli.event.Receipt;

/** An event for the uplink's thread. */
sealed interface HubSignal {

  /** The outbox has new rows. */
  record Committed() implements HubSignal {}

  /** The hub sent a receipt. */
  record ReceiptReceived(Receipt receipt) implements HubSignal {}

  /** The hub sent a registry message. */
  record RegistryReceived(byte[] message) implements HubSignal {}

  /** Another connection with this gateway's identity took over (MQTT 5 reason 0x8E). */
  record TakenOver() implements HubSignal {}

  /** The connection broke. */
  record Lost(String why) implements HubSignal {}
}
