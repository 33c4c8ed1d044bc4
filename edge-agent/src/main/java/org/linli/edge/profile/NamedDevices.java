package org.linli.edge.profile;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.RefusalReason;
import org.linli.event.DeviceId;
import org.linli.event.Kind;
import org.linli.event.UnregisteredEquipment.KindFrom;

/** Which devices a message speaks of. For one message and one thread. */
final class NamedDevices {

  private final String profile;
  private final KnownDevices known;
  private final @Nullable DeviceId addressed;
  private final @Nullable Kind addressedKind;
  private final Map<DeviceId, Unnamed> unregistered = new LinkedHashMap<>();
  private @Nullable DeviceId registered;

  /** The native name of unregistered equipment, and where its kind comes from. */
  record Unnamed(String address, KindFrom kindFrom) {}

  /**
   * @param addressed the device in the message's address; null if it names none
   * @param addressedKind its kind, if the address says it
   */
  NamedDevices(
      String profile,
      KnownDevices known,
      @Nullable DeviceId addressed,
      @Nullable Kind addressedKind) {
    this.profile = profile;
    this.known = known;
    this.addressed = addressed;
    this.addressedKind = addressedKind;
  }

  /** As {@link MessageReading#device}. */
  Subject device(String name, Kind supposed) throws Unreadable {
    DeviceId named = named(name);
    String address = addressed == null ? name : named.value();
    Optional<Subject> equipment = known.at(profile, address);
    if (equipment.isPresent()) {
      registered = equipment.get().device();
      return equipment.get();
    }
    DeviceId id = known.heardAs(profile, isPart(name) ? partOfWhole(name) : named);
    Optional<Kind> kind = known.kindOf(id);
    if (kind.isEmpty()) {
      unregistered.put(
          id, new Unnamed(address, addressedKind == null ? KindFrom.PROFILE : KindFrom.ADDRESS));
    } else {
      registered = id;
    }
    return new Subject(id, kind.orElse(addressedKind == null ? supposed : addressedKind));
  }

  private boolean isPart(String name) {
    return addressed != null && !name.isEmpty();
  }

  private DeviceId named(String name) throws Unreadable {
    try {
      if (addressed == null) {
        return NativeNames.toDeviceId(name);
      }
      return isPart(name) ? part(addressed, name) : addressed;
    } catch (IllegalArgumentException broken) {
      throw new Unreadable(RefusalReason.BAD_DEVICE_ID, String.valueOf(broken.getMessage()));
    }
  }

  /** The id of a part begins with that of the whole device. */
  private DeviceId partOfWhole(String name) throws Unreadable {
    DeviceId whole = Objects.requireNonNull(addressed);
    try {
      return part(
          known
              .at(profile, whole.value())
              .map(Subject::device)
              .orElseGet(() -> known.heardAs(profile, whole)),
          name);
    } catch (IllegalArgumentException broken) {
      throw new Unreadable(RefusalReason.BAD_DEVICE_ID, String.valueOf(broken.getMessage()));
    }
  }

  private static DeviceId part(DeviceId whole, String name) {
    return new DeviceId(whole.value() + ":" + NativeNames.toDeviceId(name).value());
  }

  boolean isAddressed() {
    return addressed != null;
  }

  /** The registered device that was asked for last; null for none. */
  @Nullable DeviceId registered() {
    return registered;
  }

  /** The unregistered devices among those that were asked for. */
  Map<DeviceId, Unnamed> unregistered() {
    return unregistered;
  }
}
