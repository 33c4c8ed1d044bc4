package org.linli.hub.liveness;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;
import org.linli.hub.registry.DeviceKey;
import org.linli.hub.registry.Registry;

/**
 * The unregistered devices that are heard, longest silent first. Beyond a limit, that one is
 * forgotten. Safe for any thread.
 */
final class UnassignedDevices {

  private final Registry registry;
  private final int most;
  private final SequencedSet<DeviceKey> silentLongestFirst = new LinkedHashSet<>();
  private long version;

  UnassignedDevices(Registry registry, int most) {
    this.registry = registry;
    this.most = most;
  }

  /**
   * Rebuilds the order after the registry changed.
   *
   * @param all every device that is remembered, longest silent first
   * @return the devices to be forgotten
   */
  synchronized List<DeviceKey> read(Collection<DeviceKey> all) {
    version = registry.version();
    silentLongestFirst.clear();
    all.stream()
        .filter(device -> registry.findDevice(device).isEmpty())
        .forEach(silentLongestFirst::add);
    List<DeviceKey> gone =
        List.copyOf(silentLongestFirst).subList(0, Math.max(0, silentLongestFirst.size() - most));
    gone.forEach(silentLongestFirst::remove);
    return gone;
  }

  /** Returns whether the registry is the same as when everything was read. */
  synchronized boolean isCurrent() {
    return registry.version() == version;
  }

  /**
   * Notes a device that is heard.
   *
   * @return the device to be forgotten for it; null for none
   */
  synchronized @Nullable DeviceKey heard(DeviceKey device) {
    if (registry.findDevice(device).isPresent()) {
      return null;
    }
    silentLongestFirst.addLast(device);
    while (silentLongestFirst.size() > most) {
      DeviceKey longest = silentLongestFirst.iterator().next();
      silentLongestFirst.remove(longest);
      if (registry.findDevice(longest).isEmpty()) {
        return longest;
      }
    }
    return null;
  }
}
