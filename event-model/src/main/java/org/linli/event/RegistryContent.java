package org.linli.event;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the registry says about one gateway.
 *
 * @param devices the devices that this gateway hears, at most {@value #MAX_DEVICES}; no two have
 *     the same id or the same hardware
 * @param elsewhere devices whose hardware was replaced and is now at another gateway, at most
 *     {@value #MAX_DEVICES}
 * @throws IllegalArgumentException from the constructor, naming the device
 */
public record RegistryContent(List<RegisteredDevice> devices, List<DeviceId> elsewhere) {

  public static final int MAX_DEVICES = 20_000;

  public static final RegistryContent EMPTY = new RegistryContent(List.of(), List.of());

  public RegistryContent {
    devices = List.copyOf(devices);
    elsewhere = List.copyOf(elsewhere);
    if (devices.size() > MAX_DEVICES || elsewhere.size() > MAX_DEVICES) {
      throw new IllegalArgumentException(
          "%d devices and %d elsewhere are too many: at most %d of each can be told to a gateway"
              .formatted(devices.size(), elsewhere.size(), MAX_DEVICES));
    }
    Set<DeviceId> ids = new HashSet<>();
    Set<List<String>> hardware = new HashSet<>();
    for (RegisteredDevice device : devices) {
      RegisteredDevice.Equipment equipment = device.equipment();
      if (!ids.add(device.id())) {
        throw new IllegalArgumentException("device " + device.id() + " is there twice");
      }
      if (equipment != null && !hardware.add(List.of(equipment.profile(), equipment.address()))) {
        throw new IllegalArgumentException(
            "%s of %s is two devices, one of them %s"
                .formatted(equipment.address(), equipment.profile(), device.id()));
      }
    }
  }
}
