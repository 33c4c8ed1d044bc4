package org.linli.edge.profile;

import java.util.Optional;
import org.linli.event.DeviceId;
import org.linli.event.Kind;

/**
 * What the community's registry says about equipment. It also records equipment that it does not
 * name.
 */
public interface KnownDevices {

  /** An empty registry. */
  KnownDevices NONE =
      new KnownDevices() {
        @Override
        public Optional<Subject> at(String profile, String address) {
          return Optional.empty();
        }

        @Override
        public Optional<Kind> kindOf(DeviceId device) {
          return Optional.empty();
        }
      };

  /**
   * The registered device of this piece of equipment.
   *
   * @param address the equipment's own name in that format
   */
  Optional<Subject> at(String profile, String address);

  /** Number of registered devices. */
  default int size() {
    return 0;
  }

  /** The kind of a device; empty if it is not registered. */
  Optional<Kind> kindOf(DeviceId device);

  /**
   * The device id of unregistered equipment. It is its own name, unless that name belongs to a
   * device whose hardware was replaced. The replaced hardware must not be mistaken for the new one,
   * so its name gets the profile appended: {@code door-1@linli}.
   *
   * @param named its own name as a device id
   */
  default DeviceId heardAs(String profile, DeviceId named) {
    return named;
  }

  /** The number of a device's present hardware, counted from 1. */
  default int generationOf(DeviceId device) {
    return 1;
  }

  /** Records unregistered equipment that sent something. Never blocks. */
  default void met(UnregisteredDevice device) {}
}
