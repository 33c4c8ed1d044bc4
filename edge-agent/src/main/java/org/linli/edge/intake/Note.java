package org.linli.edge.intake;

import org.linli.event.DeviceId;
import org.linli.event.Kind;

/** What must be on disk in the same transaction as a message. */
public sealed interface Note {

  /**
   * A QoS 2 packet id that will be answered with PUBREC and lasts until its PUBREL (MQTT 5 section
   * 4.3.3). If it is on disk already, the message came before: its events are counted as repeated,
   * and no second dead letter is made.
   *
   * @param session a number that {@link DeviceSessions} gave
   * @param packetId 1 to 65,535
   * @param alsoIfRefused whether it is written also if the message becomes a dead letter; false for
   *     clients that can receive a PUBREC with an error, because that ends the exchange
   */
  record Received(long session, int packetId, boolean alsoIfRefused) implements Note {}

  /** The gateway reports a device offline, or online again. */
  sealed interface OfPresence extends Note {}

  /** The gateway reports this device offline. */
  record Offline(DeviceId device, Kind kind) implements OfPresence {}

  /** The gateway reports this device online again. */
  record Online(DeviceId device) implements OfPresence {}
}
