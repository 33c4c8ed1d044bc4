package org.linli.hub.registry;

import java.util.Set;

/**
 * The registry changed, and the new content is valid. Published after the commit.
 *
 * @param devices devices whose place, name or hardware may differ
 * @param gone names of unassigned devices that are no longer in use
 */
public record RegistryChanged(Set<DeviceKey> devices, Set<DeviceKey> gone) {

  public RegistryChanged {
    devices = Set.copyOf(devices);
    gone = Set.copyOf(gone);
  }
}
