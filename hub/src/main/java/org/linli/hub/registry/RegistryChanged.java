package org.linli.hub.registry;

import java.util.Set;
import org.linli.event.DeviceId;

/**
 * The registry changed, and what it says now holds. Published after the commit.
 *
 * @param devices whose place, name or hardware may be another one
 * @param gone names of unassigned devices that are names of theirs no more
 */
public record RegistryChanged(Set<DeviceId> devices, Set<DeviceId> gone) {

  public RegistryChanged {
    devices = Set.copyOf(devices);
    gone = Set.copyOf(gone);
  }
}
