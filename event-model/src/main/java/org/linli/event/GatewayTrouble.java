package org.linli.event;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What is wrong at a connected gateway, as sent in {@link UplinkProperties#TROUBLE}; most serious
 * first.
 */
public enum GatewayTrouble {

  /** It stores nothing, and tells each device so: its disk refuses writes, or its writer failed. */
  TAKES_NOTHING,

  /**
   * Events that waited for the hub were given up within the last ten minutes, for lack of room or
   * because they waited too long. They are lost.
   */
  GIVES_UP,

  /**
   * It has not been attached to its broker for a minute, or the broker refuses it a topic. It does
   * not hear what devices publish there.
   */
  BROKER_AWAY,

  /** Its disk is so full that the outbox has no reserve left. It still stores events. */
  DISK_FULL,

  /** All its MQTT connections were in use, so that clients were disconnected or rejected. */
  PLACES_TAKEN;

  private final String wireName = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The name used on the uplink and in JSON. */
  public String wireName() {
    return wireName;
  }

  /** The trouble with this name; empty for a name that this version does not know. */
  public static Optional<GatewayTrouble> of(String wireName) {
    return Arrays.stream(values()).filter(one -> one.wireName.equals(wireName)).findFirst();
  }

  @Override
  public String toString() {
    return wireName;
  }
}
