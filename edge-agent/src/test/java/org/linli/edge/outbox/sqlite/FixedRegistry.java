package org.linli.edge.outbox.sqlite;

import java.util.Optional;
import java.util.function.Predicate;
import org.linli.edge.profile.KnownDevices;
import org.linli.edge.profile.Subject;
import org.linli.event.DeviceId;
import org.linli.event.Kind;

/** A registry of devices that all have one kind and send under their own ids. */
record FixedRegistry(Predicate<String> isRegistered, Kind kind, int size) implements KnownDevices {

  static FixedRegistry of(String device, Kind kind) {
    return new FixedRegistry(device::equals, kind, 1);
  }

  @Override
  public Optional<Subject> at(String profile, String address) {
    return Optional.empty();
  }

  @Override
  public Optional<Kind> kindOf(DeviceId device) {
    return isRegistered.test(device.value()) ? Optional.of(kind) : Optional.empty();
  }
}
