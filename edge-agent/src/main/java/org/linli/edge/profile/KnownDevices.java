package org.linli.edge.profile;

import java.util.Optional;
import org.linli.event.DeviceId;
import org.linli.event.Kind;

/** What the community's registry says of equipment, and is told of what it does not name. */
public interface KnownDevices {

  /** Where nothing is registered. */
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
   * The device that is registered for this piece of equipment.
   *
   * @param address what the equipment calls itself in that format
   */
  Optional<Subject> at(String profile, String address);

  /** How many devices are registered. */
  default int size() {
    return 0;
  }

  /** Empty for a device that is not registered. */
  Optional<Kind> kindOf(DeviceId device);

  /**
   * As which device equipment is heard that is registered as none: by its own name, unless that
   * name belongs to a device whose hardware was replaced. What was replaced must not be taken for
   * what took its place, so it goes by its name and its profile: {@code door-1@linli}.
   *
   * @param named its own name as a device id
   */
  default DeviceId heardAs(String profile, DeviceId named) {
    return named;
  }

  /** Which piece of hardware a device has, counted from 1. */
  default int generationOf(DeviceId device) {
    return 1;
  }

  /** Somebody spoke who is not registered. Never blocks. */
  default void met(Stranger stranger) {}
}
