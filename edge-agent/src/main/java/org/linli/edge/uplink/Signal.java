package org.linli.edge.uplink;

import org.linli.event.Receipt;

/** What wakes the uplink. */
sealed interface Signal {

  /** The outbox has more. */
  record Committed() implements Signal {}

  /** The hub answered. */
  record Heard(Receipt receipt) implements Signal {}

  /** The hub said something about the registry. */
  record Told(byte[] registry) implements Signal {}

  /** Another connection under this gateway's identity took its place (MQTT 5 reason 0x8E). */
  record TakenOver() implements Signal {}

  /** The connection is gone. */
  record Lost(String why) implements Signal {}
}
