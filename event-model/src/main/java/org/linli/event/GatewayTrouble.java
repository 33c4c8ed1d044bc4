package org.linli.event;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What is wrong at a gateway while it is connected, by {@link UplinkProperties#TROUBLE}; most
 * serious first.
 */
public enum GatewayTrouble {

  /** It answers each device that nothing was kept: its disk refuses, or its writer failed. */
  TAKES_NOTHING,

  /** Its disk is so full that the outbox has no reserve there. It still takes what comes. */
  DISK_FULL,

  /** All its places for MQTT were taken, so that clients were put out or turned away. */
  PLACES_TAKEN;

  private final String wireName = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The name used on the uplink and in JSON. */
  public String wireName() {
    return wireName;
  }

  /** Empty for a name that this version does not know. */
  public static Optional<GatewayTrouble> of(String wireName) {
    return Arrays.stream(values()).filter(one -> one.wireName.equals(wireName)).findFirst();
  }

  @Override
  public String toString() {
    return wireName;
  }
}
