package org.linli.hub.registry;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.stream.Stream;

/** Adopted devices for tests. */
public final class Adopted {

  private Adopted() {}

  public static SequencedMap<DeviceKey, Device> at(CommunityRegistry community, Device... devices) {
    SequencedMap<DeviceKey, Device> all = new LinkedHashMap<>();
    Stream.of(devices).forEach(device -> all.put(community.key(device.id()), device));
    return all;
  }
}
