package org.linli.hub.alert.watch;

import org.jspecify.annotations.Nullable;
import org.linli.event.CommunityId;
import org.linli.event.DeviceId;
import org.linli.hub.records.CommunityRecords;
import org.linli.hub.records.Within;
import org.linli.hub.registry.DeviceKey;

/**
 * A place for at most one unresolved alert.
 *
 * @param community whose source it is; null for the hub, and for a gateway that no community has
 * @param source id of the device or gateway
 */
public record AlertKey(@Nullable CommunityId community, String source, String key)
    implements Comparable<AlertKey> {

  public static AlertKey of(DeviceKey device, String key) {
    return new AlertKey(device.community(), device.device().value(), key);
  }

  /** Returns the rows of its community. */
  public Within within() {
    return Within.of(community);
  }

  /** Returns the source if it is a device; null for what is of no community. */
  public @Nullable DeviceKey device() {
    return community == null ? null : new DeviceKey(community, new DeviceId(source));
  }

  /** Keeps hash tables of these fast if devices' names were chosen to have equal hash codes. */
  @Override
  public int compareTo(AlertKey other) {
    int bySource = source.compareTo(other.source);
    int byKey = bySource != 0 ? bySource : key.compareTo(other.key);
    return byKey != 0
        ? byKey
        : CommunityRecords.stored(community).compareTo(CommunityRecords.stored(other.community));
  }
}
