package org.linli.hub.adoption;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linli.event.DeviceId;
import org.linli.event.GatewayId;
import org.linli.event.Kind;
import org.linli.event.UnregisteredEquipment;
import org.linli.hub.people.Actor;
import org.linli.hub.people.Author;
import org.linli.hub.registry.CommunityRegistry;
import org.linli.hub.registry.Device;
import org.linli.hub.registry.DeviceKey;
import org.linli.hub.registry.Equipment;
import org.linli.hub.registry.Registry;
import org.linli.hub.registry.RegistryChanged;
import org.linli.hub.registry.Role;
import org.springframework.stereotype.Component;

/**
 * Registers unregistered devices, changes adopted ones, and replaces the hardware of registered
 * ones. A change is durable when the method returns, is valid at once everywhere in the hub, and is
 * sent to the gateways. Safe for any thread.
 */
@Component
public class Adoption {

  private static final Set<Role> MAY = Set.of(Role.SUPERVISOR, Role.MAINTENANCE);

  private final Registry registry;
  private final Unregistered unregistered;
  private final GatewayRegistries registries;
  private final AdoptionRecords records;
  private final InstantSource clock;

  Adoption(
      Registry registry,
      Unregistered unregistered,
      GatewayRegistries registries,
      AdoptionRecords records,
      InstantSource clock) {
    this.registry = registry;
    this.unregistered = unregistered;
    this.registries = registries;
    this.records = records;
    this.clock = clock;
  }

  /** What the hub knows of an unassigned device from its events alone. */
  public record Sighted(GatewayId gateway, Kind kind) {}

  /** Returns the changes of a device, oldest first. */
  public List<RegistryChange> changes(DeviceKey device) {
    return records.changes(device);
  }

  /**
   * Registers an unassigned device.
   *
   * @param sighted what its events say; null if none came
   */
  public synchronized RegistryOutcome adopt(
      DeviceKey key, Wanted wanted, Author by, @Nullable Sighted sighted) {
    try {
      CommunityRegistry community = communityOf(key);
      require(by, community);
      DeviceId id = key.device();
      Optional<Device> registered = community.findDevice(id);
      if (registered.isPresent()) {
        throw new NotDone(
            new RegistryOutcome.Conflict(
                null, "It is registered already, as device " + registered.get().id() + "."));
      }
      HeardEquipment heard = unregistered.find(key).orElse(null);
      Sighted seen = heard == null ? sighted : sighted(heard);
      if (seen == null) {
        throw new NotDone(
            new RegistryOutcome.NotFound("No gateway has heard a device of this id."));
      }
      if (registry.findGateway(seen.gateway()).isEmpty()) {
        throw new NotDone(
            new RegistryOutcome.Conflict(
                null, "Its gateway " + seen.gateway() + " is not in the community file."));
      }
      DeviceId newId = newId(wanted.id(), key, heard);
      Device device = Checked.device(newId, wanted, seen.kind(), seen.gateway(), community);
      Equipment equipment = heard == null ? null : equipment(heard, 1, newId);
      return adopted(community, device, equipment, id, by);
    } catch (NotDone notDone) {
      return notDone.outcome();
    }
  }

  private CommunityRegistry communityOf(DeviceKey key) throws NotDone {
    return registry
        .find(key.community())
        .orElseThrow(
            () ->
                new NotDone(
                    new RegistryOutcome.NotFound(
                        "No community file has the community " + key.community() + ".")));
  }

  private static Sighted sighted(HeardEquipment heard) {
    return new Sighted(heard.gateway(), heard.equipment().kind());
  }

  private DeviceId newId(@Nullable String written, DeviceKey key, @Nullable HeardEquipment heard)
      throws NotDone {
    if (written == null || written.isBlank() || written.equals(key.device().value())) {
      return key.device();
    }
    DeviceId newId = Checked.deviceId("id", written);
    DeviceKey newKey = new DeviceKey(key.community(), newId);
    if (registry.findDevice(newKey).isPresent() || unregistered.find(newKey).isPresent()) {
      throw new NotDone(
          new RegistryOutcome.Conflict(
              "id", "There is a device " + newId + "; choose another id."));
    }
    if (heard == null) {
      throw NotDone.refused(
          "id",
          "Its gateway has not told what it calls itself, so it can only keep the id it has.");
    }
    return newId;
  }

  private static Equipment equipment(HeardEquipment heard, int generation, DeviceId device) {
    UnregisteredEquipment equipment = heard.equipment();
    return new Equipment(
        heard.gateway(),
        equipment.profile(),
        equipment.address(),
        generation,
        equipment.device().equals(device) ? null : equipment.device());
  }

  private RegistryOutcome adopted(
      CommunityRegistry community,
      Device device,
      @Nullable Equipment equipment,
      DeviceId was,
      Author by) {
    DeviceKey key = community.key(device.id());
    String detail =
        "%s in %s, heard as %s by %s"
            .formatted(device.kind(), device.building(), named(equipment, was), device.gateway());
    registries.change(
        () -> {
          records.save(community.id(), device, clock.instant());
          if (equipment != null) {
            records.save(key, equipment);
          }
          records.add(key, change(by, RegistryChange.What.ADOPTED, detail));
        },
        new RegistryChanged(
            Set.of(key), was.equals(device.id()) ? Set.of() : Set.of(community.key(was))));
    return done(key);
  }

  /** Changes what an adopted device is and where it stands; what is left out stays. */
  public synchronized RegistryOutcome change(DeviceKey key, Wanted wanted, Author by) {
    try {
      CommunityRegistry community = communityOf(key);
      require(by, community);
      Device before = registered(key);
      if (community.isInFile(key.device())) {
        throw new NotDone(
            new RegistryOutcome.Conflict(
                null, "The community file says what this device is; change it there."));
      }
      if (wanted.id() != null) {
        throw NotDone.refused(
            "id", "The id stays what it is: alerts and history refer to the device by it.");
      }
      Device after = Checked.changed(before, wanted, community);
      String detail = Checked.difference(before, after);
      if (!detail.isEmpty()) {
        registries.change(
            () -> {
              records.save(community.id(), after, clock.instant());
              records.add(key, change(by, RegistryChange.What.CHANGED, detail));
            },
            new RegistryChanged(Set.of(key), Set.of()));
      }
      return done(key);
    } catch (NotDone notDone) {
      return notDone.outcome();
    }
  }

  /**
   * Replaces the hardware of a device, which keeps its id and therefore its history. What the old
   * hardware sends from now on belongs to another, unassigned device.
   */
  public synchronized RegistryOutcome replace(DeviceKey key, NewHardware hardware, Author by) {
    try {
      CommunityRegistry community = communityOf(key);
      require(by, community);
      Device before = registered(key);
      Equipment old = before.equipment();
      Equipment equipment = replacement(community, before, hardware);
      String detail =
          "hardware %d, %s by %s, in place of %s by %s"
              .formatted(
                  equipment.generation(),
                  named(equipment, key.device()),
                  equipment.gateway(),
                  named(old, key.device()),
                  before.gateway());
      DeviceId formerly = equipment.formerly();
      registries.change(
          () -> {
            records.save(key, equipment);
            records.add(key, change(by, RegistryChange.What.REPLACED, detail));
          },
          new RegistryChanged(
              Set.of(key), formerly == null ? Set.of() : Set.of(community.key(formerly))));
      return done(key);
    } catch (NotDone notDone) {
      return notDone.outcome();
    }
  }

  private Equipment replacement(CommunityRegistry community, Device device, NewHardware hardware)
      throws NotDone {
    Equipment old = device.equipment();
    int generation = old == null ? 2 : old.generation() + 1;
    String with = hardware.with();
    Equipment equipment =
        with == null || with.isBlank()
            ? Checked.equipment(hardware, device.gateway(), generation, community)
            : equipment(heard(community, with), generation, device.id());
    Optional<Device> holder =
        community.findEquipment(equipment.gateway(), equipment.profile(), equipment.address());
    if (holder.isPresent()) {
      throw new NotDone(
          new RegistryOutcome.Conflict(
              "address",
              "%s of %s is the hardware of device %s already."
                  .formatted(equipment.address(), equipment.profile(), holder.get().id())));
    }
    Optional<Device> namesake = Checked.namesake(equipment.address(), community);
    if (namesake.isPresent()
        && !namesake.get().id().equals(device.id())
        && namesake.get().equipment() == null) {
      throw new NotDone(
          new RegistryOutcome.Conflict(
              "address",
              "What calls itself %s is the registered device %s."
                  .formatted(equipment.address(), namesake.get().id())));
    }
    return equipment;
  }

  private HeardEquipment heard(CommunityRegistry community, String with) throws NotDone {
    return unregistered
        .find(community.key(Checked.deviceId("with", with)))
        .orElseThrow(
            () ->
                NotDone.refused(
                    "with",
                    "No gateway has told of unassigned equipment %s; name its profile and address instead."
                        .formatted(with)));
  }

  private Device registered(DeviceKey key) throws NotDone {
    Device device =
        registry
            .findDevice(key)
            .orElseThrow(
                () ->
                    new NotDone(
                        new RegistryOutcome.NotFound(
                            "No device of this id is registered; adopt it first.")));
    if (!device.id().equals(key.device())) {
      throw new NotDone(
          new RegistryOutcome.Conflict(null, "It is registered as device " + device.id() + "."));
    }
    return device;
  }

  private static void require(Author by, CommunityRegistry community) throws NotDone {
    switch (by.actor()) {
      case Actor.Account _, Actor.Hub _ -> {}
      case Actor.Person(var its, var id) -> {
        if (!its.equals(community.id())) {
          throw new NotDone(
              new RegistryOutcome.NotAllowed("by", "A person changes devices of their community."));
        }
        require(id, community);
      }
      case Actor.Device _, Actor.Gateway _, Actor.Program _ ->
          throw new NotDone(
              new RegistryOutcome.NotAllowed(
                  "by",
                  "A %s may not change which devices there are."
                      .formatted(by.actor().kind().wireName())));
    }
  }

  private static void require(String person, CommunityRegistry community) throws NotDone {
    Role role =
        community
            .findPerson(person)
            .orElseThrow(
                () ->
                    NotDone.refused(
                        "by",
                        "There is no person %s in the community file; name one who is."
                            .formatted(person)))
            .role();
    if (!MAY.contains(role)) {
      throw new NotDone(
          new RegistryOutcome.NotAllowed(
              "by",
              "A %s may not change which devices there are; a supervisor or maintenance may."
                  .formatted(role)));
    }
  }

  private RegistryChange change(Author by, RegistryChange.What what, String detail) {
    return new RegistryChange(clock.instant(), by, what, detail);
  }

  private static String named(@Nullable Equipment equipment, DeviceId otherwise) {
    return equipment == null
        ? otherwise.value()
        : equipment.address() + " of " + equipment.profile();
  }

  private RegistryOutcome done(DeviceKey key) {
    return new RegistryOutcome.Done(key.community(), registry.findDevice(key).orElseThrow());
  }
}
