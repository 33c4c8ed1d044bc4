package org.linli.edge.registry;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linli.edge.profile.Subject;
import org.linli.event.DeviceId;
import org.linli.event.RegisteredDevice;
import org.linli.event.RegisteredDevice.Equipment;
import org.linli.event.RegistryContent;

/** One registry for lookups; immutable. */
final class Named {

  static final Named NOBODY = new Named(RegistryContent.EMPTY);

  private final Map<DeviceId, RegisteredDevice> devices = new HashMap<>();
  private final Map<Hardware, Subject> byHardware = new HashMap<>();

  /** Devices whose hardware was replaced, here or by hardware at another gateway. */
  private final Set<DeviceId> taken = new HashSet<>();

  private record Hardware(String profile, String address) implements Comparable<Hardware> {

    /** Keeps hash tables fast even if names were chosen to have the same hash. */
    @Override
    public int compareTo(Hardware other) {
      int byAddress = address.compareTo(other.address);
      return byAddress != 0 ? byAddress : profile.compareTo(other.profile);
    }
  }

  Named(RegistryContent content) {
    for (RegisteredDevice device : content.devices()) {
      devices.put(device.id(), device);
      Equipment equipment = device.equipment();
      if (equipment != null) {
        byHardware.put(
            new Hardware(equipment.profile(), equipment.address()),
            new Subject(device.id(), device.kind()));
        if (equipment.isReplacement()) {
          taken.add(device.id());
        }
      }
    }
    taken.addAll(content.elsewhere());
  }

  Optional<Subject> at(String profile, String address) {
    return byHardware.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(byHardware.get(new Hardware(profile, address)));
  }

  Optional<RegisteredDevice> find(DeviceId device) {
    return Optional.ofNullable(devices.get(device));
  }

  int generationOf(DeviceId device) {
    if (taken.isEmpty() || !taken.contains(device)) {
      return 1;
    }
    RegisteredDevice registered = devices.get(device);
    @Nullable Equipment equipment = registered == null ? null : registered.equipment();
    return equipment == null ? 1 : equipment.generation();
  }

  DeviceId heardAs(String profile, DeviceId named) {
    if (taken.isEmpty() || !taken.contains(named)) {
      return named;
    }
    String mark = "@" + profile;
    String name = named.value();
    int most = DeviceId.MAX_LENGTH - mark.length();
    return new DeviceId((name.length() > most ? name.substring(0, most) : name) + mark);
  }

  int size() {
    return devices.size();
  }
}
