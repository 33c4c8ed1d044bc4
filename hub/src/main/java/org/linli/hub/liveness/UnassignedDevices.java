package org.linli.hub.liveness;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;
import org.linli.event.DeviceId;
import org.linli.hub.registry.Registry;

/**
 * The devices that are heard and not registered, the one first that was silent longest: past a
 * limit it is the one to be forgotten. Safe for any thread.
 */
final class UnassignedDevices {

  private final Registry registry;
  private final int most;
  private final SequencedSet<DeviceId> silentLongestFirst = new LinkedHashSet<>();
  private long version;

  UnassignedDevices(Registry registry, int most) {
    this.registry = registry;
    this.most = most;
  }

  /**
   * Begins anew where who is registered has changed.
   *
   * @param all every device that is remembered, the one first that was silent longest
   * @return those to be forgotten
   */
  synchronized List<DeviceId> read(Collection<DeviceId> all) {
    version = registry.version();
    silentLongestFirst.clear();
    all.stream()
        .filter(device -> registry.findDevice(device).isEmpty())
        .forEach(silentLongestFirst::add);
    List<DeviceId> gone =
        List.copyOf(silentLongestFirst).subList(0, Math.max(0, silentLongestFirst.size() - most));
    gone.forEach(silentLongestFirst::remove);
    return gone;
  }

  /** Whether who is registered is the same as when all was read. */
  synchronized boolean isCurrent() {
    return registry.version() == version;
  }

  /**
   * Notes a device that is heard.
   *
   * @return the one to be forgotten for it; null for none
   */
  synchronized @Nullable DeviceId heard(DeviceId device) {
    if (registry.findDevice(device).isPresent()) {
      return null;
    }
    silentLongestFirst.addLast(device);
    while (silentLongestFirst.size() > most) {
      DeviceId longest = silentLongestFirst.iterator().next();
      silentLongestFirst.remove(longest);
      if (registry.findDevice(longest).isEmpty()) {
        return longest;
      }
    }
    return null;
  }
}
