package org.linli.edge.profile;

import java.util.Optional;
import org.linli.event.DeviceId;
import org.linli.event.Kind;

/** What the community's registry says of equipment that a profile reads. */
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

  Optional<Kind> kindOf(DeviceId device);
}
