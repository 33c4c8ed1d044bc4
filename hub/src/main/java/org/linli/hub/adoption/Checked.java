package org.linli.hub.adoption;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linli.event.DeviceId;
import org.linli.event.GatewayId;
import org.linli.event.Kind;
import org.linli.event.RegisteredDevice;
import org.linli.hub.registry.BilingualName;
import org.linli.hub.registry.CommunityRegistry;
import org.linli.hub.registry.Device;
import org.linli.hub.registry.Equipment;
import org.linli.hub.registry.Interval;
import org.linli.program.Shown;

/** Checks a person's input, and names the field that is wrong. */
final class Checked {

  private Checked() {}

  static DeviceId deviceId(String field, String written) throws NotDone {
    try {
      return new DeviceId(written.strip());
    } catch (IllegalArgumentException broken) {
      throw NotDone.refused(
          field, "The field '%s' is no device id: %s.".formatted(field, broken.getMessage()));
    }
  }

  static Device device(
      DeviceId id, Wanted wanted, Kind seems, GatewayId gateway, CommunityRegistry community)
      throws NotDone {
    return new Device(
        id,
        given(wanted.kind()) ? kind(wanted.kind()) : seems,
        building(wanted.building(), community),
        gateway,
        new BilingualName(name("name.zh", wanted.nameZh()), name("name.en", wanted.nameEn())),
        given(wanted.expectEvery()) ? interval(wanted.expectEvery()) : null);
  }

  static Device changed(Device before, Wanted wanted, CommunityRegistry community) throws NotDone {
    return new Device(
        before.id(),
        wanted.kind() == null ? before.kind() : kind(wanted.kind()),
        wanted.building() == null ? before.building() : building(wanted.building(), community),
        before.gateway(),
        new BilingualName(
            wanted.nameZh() == null ? before.name().zh() : name("name.zh", wanted.nameZh()),
            wanted.nameEn() == null ? before.name().en() : name("name.en", wanted.nameEn())),
        wanted.expectEvery() == null
            ? before.expectEvery()
            : wanted.expectEvery().isBlank() ? null : interval(wanted.expectEvery()));
  }

  /** Describes a change for later readers; empty if nothing changed. */
  static String difference(Device before, Device after) {
    List<String> changes = new ArrayList<>();
    note(changes, "kind", before.kind(), after.kind());
    note(changes, "building", before.building(), after.building());
    note(changes, "name.zh", before.name().zh(), after.name().zh());
    note(changes, "name.en", before.name().en(), after.name().en());
    note(changes, "expectEvery", before.expectEvery(), after.expectEvery());
    return String.join(", ", changes);
  }

  private static void note(
      List<String> changes, String field, @Nullable Object before, @Nullable Object after) {
    if (!Objects.equals(before, after)) {
      changes.add("%s %s, was %s".formatted(field, after, before));
    }
  }

  private static boolean given(@Nullable String written) {
    return written != null && !written.isBlank();
  }

  private static Kind kind(@Nullable String written) throws NotDone {
    String name = String.valueOf(written).strip();
    return Kind.ofWireName(name)
        .orElseThrow(
            () ->
                NotDone.refused(
                    "kind",
                    "The field 'kind' is '%s'; write one of %s."
                        .formatted(
                            Shown.text(name),
                            Arrays.stream(Kind.values())
                                .map(Kind::wireName)
                                .collect(Collectors.joining(", ")))));
  }

  private static String building(@Nullable String written, CommunityRegistry community)
      throws NotDone {
    String id = required("building", written);
    if (community.findBuilding(id).isEmpty()) {
      throw NotDone.refused(
          "building",
          "There is no building '%s'; write the id of one in /api/v1/grids."
              .formatted(Shown.text(id)));
    }
    return id;
  }

  private static String name(String field, @Nullable String written) throws NotDone {
    String name = required(field, written);
    if (name.length() > BilingualName.MAX_LENGTH
        || name.chars().anyMatch(Character::isISOControl)) {
      throw NotDone.refused(
          field,
          "The field '%s' has 1 to %d characters, without control characters."
              .formatted(field, BilingualName.MAX_LENGTH));
    }
    return name;
  }

  private static Duration interval(@Nullable String written) throws NotDone {
    String text = String.valueOf(written).strip();
    return Interval.of(text)
        .orElseThrow(
            () ->
                NotDone.refused(
                    "expectEvery",
                    "The field 'expectEvery' is '%s'; %s"
                        .formatted(Shown.text(text), Interval.RULE)));
  }

  static Equipment equipment(
      NewHardware hardware, GatewayId otherwise, int generation, CommunityRegistry community)
      throws NotDone {
    String profile = text("profile", hardware.profile(), RegisteredDevice.Equipment.MAX_PROFILE);
    String address = text("address", hardware.address(), RegisteredDevice.Equipment.MAX_ADDRESS);
    return new Equipment(
        given(hardware.gateway()) ? gateway(hardware.gateway(), community) : otherwise,
        profile,
        address,
        generation,
        null);
  }

  private static GatewayId gateway(@Nullable String written, CommunityRegistry community)
      throws NotDone {
    String id = required("gateway", written);
    return community.gateways().stream()
        .map(gateway -> gateway.id())
        .filter(gateway -> gateway.value().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                NotDone.refused(
                    "gateway",
                    "There is no gateway '%s' in the community file.".formatted(Shown.text(id))));
  }

  /**
   * Returns the device that equipment with this native name is if nothing else is registered for
   * it.
   */
  static Optional<Device> namesake(String address, CommunityRegistry community) {
    try {
      return community.findDevice(new DeviceId(address.replace('/', ':')));
    } catch (IllegalArgumentException neverAnId) {
      return Optional.empty();
    }
  }

  private static String text(String field, @Nullable String written, int most) throws NotDone {
    String text = required(field, written);
    if (text.length() > most || text.chars().anyMatch(Character::isISOControl)) {
      throw NotDone.refused(
          field,
          "The field '%s' has 1 to %d characters, without control characters."
              .formatted(field, most));
    }
    return text;
  }

  private static String required(String field, @Nullable String written) throws NotDone {
    if (written == null || written.isBlank()) {
      throw NotDone.refused(field, "The field '%s' is missing.".formatted(field));
    }
    return written.strip();
  }
}
