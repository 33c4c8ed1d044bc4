package org.linli.hub.liveness;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.linli.hub.registry.Device;
import org.linli.hub.registry.DeviceKey;
import org.linli.hub.registry.Registry;

/**
 * Says whether a device that was heard is online. It is offline if its gateway said so, or if it
 * has missed too many expected reports in a row. After a restart of the hub it gets the full time
 * again, unless it was offline before.
 */
final class PresenceRule {

  private final Registry registry;
  private final int missed;
  private final Instant startedAt;

  /**
   * @param missed after how many expected reports that did not come a device is offline
   */
  PresenceRule(Registry registry, int missed, Instant startedAt) {
    this.registry = registry;
    this.missed = missed;
    this.startedAt = startedAt;
  }

  /**
   * Judges a device.
   *
   * @param before the last judgement; null if there is none
   * @return {@code before} if the presence is the same
   */
  LastReported judge(
      DeviceKey device, Sighting sighting, @Nullable LastReported before, Instant now) {
    DevicePresence presence = presence(device, sighting, before, now);
    if (before != null && before.presence() == presence) {
      return before;
    }
    return new LastReported(
        presence, presence == DevicePresence.ONLINE ? sighting.lastSeenAt() : now);
  }

  private DevicePresence presence(
      DeviceKey device, Sighting sighting, @Nullable LastReported before, Instant now) {
    if (sighting.saidOffline()) {
      return DevicePresence.OFFLINE;
    }
    Duration expectEvery = registry.findDevice(device).map(Device::expectEvery).orElse(null);
    if (expectEvery == null) {
      return DevicePresence.ONLINE;
    }
    Instant from = sighting.lastSeenAt().isAfter(startedAt) ? sighting.lastSeenAt() : startedAt;
    boolean wasOffline = before != null && before.presence() == DevicePresence.OFFLINE;
    Instant reference = wasOffline ? sighting.lastSeenAt() : from;
    return now.isAfter(reference.plus(expectEvery.multipliedBy(missed)))
        ? DevicePresence.OFFLINE
        : DevicePresence.ONLINE;
  }
}
