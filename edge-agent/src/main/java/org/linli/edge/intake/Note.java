package org.linli.edge.intake;

import org.linli.event.DeviceId;
import org.linli.event.Kind;

/** What is to be true on disk together with a message, in one transaction with it. */
public sealed interface Note {

  /**
   * A QoS 2 packet id that will be answered with PUBREC and lasts until its PUBREL (MQTT 5 section
   * 4.3.3). Where it is noted already the message was here before: its events are counted as
   * repeated, and no second dead letter is made.
   *
   * @param session a number that {@link DeviceSessions} gave
   * @param packetId 1 to 65,535
   * @param alsoIfRefused whether it is noted also where the message becomes a dead letter; false
   *     for clients that are told of it, as a PUBREC with an error ends the exchange
   */
  record Received(long session, int packetId, boolean alsoIfRefused) implements Note {}

  /** What the gateway itself says of a device. */
  sealed interface Said extends Note {}

  /** The gateway says that this device is offline. */
  record Offline(DeviceId device, Kind kind) implements Said {}

  /** The gateway says that this device is online again. */
  record Online(DeviceId device) implements Said {}
}
