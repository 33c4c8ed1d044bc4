package org.linli.hub.liveness;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When a device counts as offline.
 *
 * @param missed expected reports in a row that a device may miss before it is offline
 * @param tick interval between two checks for devices that have gone offline
 * @param writeEvery longest time that "last seen" exists in memory only, and can be lost in a crash
 * @param unassignedLimit most unregistered devices that are remembered; beyond it the one that was
 *     silent longest is forgotten
 * @param gatewayOfflineAfter how long a gateway that was heard before is away until an alert opens
 * @param gatewayClockOff difference to the hub's clock, ahead or behind, from which on an alert
 *     opens
 */
@ConfigurationProperties("linli.liveness")
record LivenessSettings(
    @DefaultValue("3") int missed,
    @DefaultValue("1s") Duration tick,
    @DefaultValue("10s") Duration writeEvery,
    @DefaultValue("10000") int unassignedLimit,
    @DefaultValue("2m") Duration gatewayOfflineAfter,
    @DefaultValue("5m") Duration gatewayClockOff) {

  /** The bytes of a device with its id, in all maps. */
  private static final int BYTES_OF_DEVICE = 1 << 10;

  private static final Duration SHORTEST = Duration.ofSeconds(5);
  private static final Duration LONGEST = Duration.ofHours(24);

  LivenessSettings {
    long most = Runtime.getRuntime().maxMemory() / 8 / BYTES_OF_DEVICE;
    if (unassignedLimit < 1 || unassignedLimit > most) {
      throw new IllegalArgumentException(
          "linli.liveness.unassigned-limit is %d: set it to between 1 and %d, which is what this heap carries"
              .formatted(unassignedLimit, most));
    }
    requireWithin("gateway-offline-after", gatewayOfflineAfter);
    requireWithin("gateway-clock-off", gatewayClockOff);
  }

  private static void requireWithin(String name, Duration value) {
    if (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "linli.liveness.%s is %s: set it to between 5s and 24h".formatted(name, value));
    }
  }
}
