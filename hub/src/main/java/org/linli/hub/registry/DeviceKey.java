package org.linli.hub.registry;

import org.linli.event.CommunityId;
import org.linli.event.DeviceId;

/** A device of the hub: device ids are unique only in their community. */
public record DeviceKey(CommunityId community, DeviceId device) implements Comparable<DeviceKey> {

  /** Also keeps hash tables of these fast when names were made to collide. */
  @Override
  public int compareTo(DeviceKey other) {
    int byDevice = device.compareTo(other.device);
    return byDevice == 0 ? community.compareTo(other.community) : byDevice;
  }

  @Override
  public String toString() {
    return community + "/" + device;
  }
}
