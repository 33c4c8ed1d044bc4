package org.linli.hub.console.page;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.linli.event.CommunityId;
import org.linli.event.Kind;
import org.linli.event.SampleValue;
import org.linli.event.UnregisteredEquipment;
import org.linli.hub.adoption.Adoption;
import org.linli.hub.adoption.HeardEquipment;
import org.linli.hub.adoption.RegistryChange;
import org.linli.hub.adoption.Unregistered;
import org.linli.hub.liveness.DeviceStatus;
import org.linli.hub.liveness.Liveness;
import org.linli.hub.registry.Building;
import org.linli.hub.registry.Device;
import org.linli.hub.registry.DeviceKey;
import org.linli.hub.registry.Equipment;
import org.linli.hub.registry.Registry;
import org.springframework.stereotype.Component;

/** Prepares for a page what a device is registered as, or seems to be. */
@Component
class RegistrationView {

  /**
   * How many choices are offered at most; beyond that the page of the other device has to be used.
   */
  private static final int CHOICES = 500;

  private final Liveness liveness;
  private final Registry registry;
  private final ShownCommunities communities;
  private final Unregistered unregistered;
  private final Adoption adoption;
  private final ActorWords actors;

  RegistrationView(
      Liveness liveness,
      Registry registry,
      ShownCommunities communities,
      Unregistered unregistered,
      Adoption adoption,
      ActorWords actors) {
    this.liveness = liveness;
    this.registry = registry;
    this.communities = communities;
    this.unregistered = unregistered;
    this.adoption = adoption;
    this.actors = actors;
  }

  /**
   * A device, registered or not.
   *
   * @param community the name of its community, if there are several
   * @param query the end of an address that says which of several communities
   * @param place where it stands; null while it is unassigned
   * @param hardware the address of its hardware; null if it is whatever uses its id
   * @param heard what its gateway reports about it; null if that is nothing, or it is registered
   */
  public record One(
      String id,
      @Nullable String community,
      String query,
      String name,
      boolean unassigned,
      String kind,
      @Nullable String place,
      String gateway,
      @Nullable String hardware,
      @Nullable Heard heard,
      List<Change> changes) {}

  /** What a gateway reports about equipment. */
  public record Heard(
      String profile,
      String address,
      String kindFrom,
      String type,
      List<Shown> sample,
      long count,
      String since,
      Age age) {}

  /**
   * A value of a sample.
   *
   * @param value null if it stays at the gateway
   */
  public record Shown(String key, String form, @Nullable String value) {}

  /** A change of its registration. */
  public record Change(String at, String clock, String what, String by, String detail) {}

  /** One of several choices. */
  public record Choice(String value, String label) {}

  Optional<One> find(DeviceKey id, Local local) {
    Optional<Device> device = registry.findDevice(id);
    return liveness
        .device(id)
        .map(status -> one(status, device.orElse(null), local))
        .or(() -> unregistered.find(id).map(heard -> one(heard, local)));
  }

  private One one(DeviceStatus status, @Nullable Device device, Local reader) {
    Local local = communities.at(status.community(), reader);
    HeardEquipment heard = device == null ? unregistered.find(status.key()).orElse(null) : null;
    Equipment equipment = device == null ? null : device.equipment();
    return new One(
        status.device().value(),
        communities.name(status.community(), local),
        communities.query(status.community()),
        device == null ? status.device().value() : local.name(device.name()),
        device == null,
        (device == null ? status.kind() : device.kind()).wireName(),
        device == null ? null : place(status.community(), device, local),
        status.gateway().value(),
        equipment == null ? null : equipment.address() + " (" + equipment.profile() + ")",
        heard == null ? null : heard(heard.equipment(), local),
        adoption.changes(status.key()).stream().map(each -> change(each, local)).toList());
  }

  private One one(HeardEquipment heard, Local reader) {
    Local local = communities.at(heard.community(), reader);
    UnregisteredEquipment equipment = heard.equipment();
    return new One(
        equipment.device().value(),
        communities.name(heard.community(), local),
        communities.query(heard.community()),
        equipment.device().value(),
        true,
        equipment.kind().wireName(),
        null,
        heard.gateway().value(),
        null,
        heard(equipment, local),
        List.of());
  }

  private String place(CommunityId of, Device device, Local local) {
    return registry
        .find(of)
        .flatMap(community -> community.findBuilding(device.building()))
        .map(building -> local.name(building.name()))
        .orElse(device.building());
  }

  private static Heard heard(UnregisteredEquipment equipment, Local local) {
    return new Heard(
        equipment.profile(),
        equipment.address(),
        equipment.kindFrom().name().toLowerCase(Locale.ROOT),
        equipment.type().value(),
        equipment.sample().stream().map(RegistrationView::shown).toList(),
        equipment.count(),
        local.clock(equipment.firstHeard()),
        local.age(equipment.lastHeard()));
  }

  private static Shown shown(SampleValue value) {
    return new Shown(
        value.key(), value.form().wireName(), value.shown().isEmpty() ? null : value.shown());
  }

  private Change change(RegistryChange change, Local local) {
    return new Change(
        change.at().toString(),
        local.clock(change.at()),
        change.what().wireName(),
        actors.of(change.by(), local),
        change.detail());
  }

  List<Choice> buildings(CommunityId of, Local local) {
    return registry.of(of).buildings().stream()
        .map((Building building) -> new Choice(building.id(), local.name(building.name())))
        .toList();
  }

  static List<String> kinds() {
    return Arrays.stream(Kind.values()).map(Kind::wireName).toList();
  }

  /** Returns the registered devices, those of a kind first. */
  List<Choice> devices(CommunityId of, String kind, Local local) {
    return registry.of(of).devices().stream()
        .sorted(Comparator.comparing(device -> !device.kind().wireName().equals(kind)))
        .limit(CHOICES)
        .map(
            device ->
                new Choice(
                    device.id().value(), local.name(device.name()) + " · " + device.id().value()))
        .toList();
  }

  /** Returns what could replace broken hardware. */
  List<Choice> unregistered(CommunityId of) {
    return unregistered.all().stream()
        .filter(heard -> heard.community().equals(of))
        .map(HeardEquipment::equipment)
        .map(
            equipment ->
                new Choice(
                    equipment.device().value(), equipment.address() + " · " + equipment.profile()))
        .distinct()
        .limit(CHOICES)
        .toList();
  }
}
