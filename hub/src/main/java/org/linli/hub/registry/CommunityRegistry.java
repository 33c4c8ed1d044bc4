package org.linli.hub.registry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.linli.event.CommunityId;
import org.linli.event.DeviceId;
import org.linli.event.GatewayId;

/**
 * One community: the content of its file, and the devices that were adopted in addition. Safe for
 * any thread. Lists keep the order of the community file, followed by adopted devices. Only the
 * devices change while the hub runs.
 */
public final class CommunityRegistry {

  private final CommunityPlan plan;
  private final Map<String, Grid> grids;
  private final Map<String, Building> buildings;
  private final Map<String, List<Building>> buildingsOf;
  private final Map<GatewayId, Gateway> gateways;
  private final Map<DeviceId, Device> inFile;
  private final Map<String, Person> people;
  private volatile Devices devices;

  /** What hardware is found by. */
  private record Hardware(GatewayId gateway, String profile, String address)
      implements Comparable<Hardware> {

    /** Also keeps hash tables of these fast if names were chosen to have equal hash codes. */
    @Override
    public int compareTo(Hardware other) {
      int byAddress = address.compareTo(other.address);
      int byProfile = byAddress != 0 ? byAddress : profile.compareTo(other.profile);
      return byProfile != 0 ? byProfile : gateway.compareTo(other.gateway);
    }
  }

  /**
   * The present devices.
   *
   * @param formerNames the names under which registered hardware was heard before
   * @param replaced those whose hardware replaced another
   */
  private record Devices(
      List<Device> all,
      Map<DeviceId, Device> byId,
      Map<DeviceId, Device> formerNames,
      Map<Hardware, Device> byHardware,
      Map<GatewayId, List<Device>> atGateway,
      List<Device> replaced) {

    static Devices of(List<Device> all) {
      Map<DeviceId, Device> byId = CommunityRegistry.byId(all, Device::id);
      Map<DeviceId, Device> formerNames = new HashMap<>();
      Map<Hardware, Device> byHardware = new HashMap<>();
      List<Device> replaced = new ArrayList<>();
      for (Device device : all) {
        Equipment hardware = device.equipment();
        if (hardware != null) {
          byHardware.put(
              new Hardware(hardware.gateway(), hardware.profile(), hardware.address()), device);
          if (hardware.formerly() != null && !byId.containsKey(hardware.formerly())) {
            formerNames.put(hardware.formerly(), device);
          }
          if (hardware.isReplacement()) {
            replaced.add(device);
          }
        }
      }
      return new Devices(
          List.copyOf(all),
          byId,
          Map.copyOf(formerNames),
          byHardware,
          grouped(all, Device::gateway),
          List.copyOf(replaced));
    }
  }

  CommunityRegistry(CommunityPlan plan) {
    this.plan = plan;
    this.grids = byId(plan.grids(), Grid::id);
    this.buildings = byId(plan.buildings(), Building::id);
    this.buildingsOf = grouped(plan.buildings(), Building::grid);
    this.gateways = byId(plan.gateways(), Gateway::id);
    this.inFile = byId(plan.devices(), Device::id);
    this.people = byId(plan.people(), Person::id);
    this.devices = Devices.of(plan.devices());
  }

  private static <K, T> Map<K, T> byId(List<T> items, Function<T, K> id) {
    return items.stream().collect(Collectors.toUnmodifiableMap(id, Function.identity()));
  }

  private static <K, T> Map<K, List<T>> grouped(List<T> items, Function<T, K> by) {
    return Map.copyOf(
        items.stream().collect(Collectors.groupingBy(by, Collectors.toUnmodifiableList())));
  }

  public CommunityId id() {
    return plan.community().id();
  }

  /** Returns the name of one of its devices for the whole hub. */
  public DeviceKey key(DeviceId device) {
    return new DeviceKey(id(), device);
  }

  public Community community() {
    return plan.community();
  }

  public List<Grid> grids() {
    return plan.grids();
  }

  public Optional<Grid> findGrid(String id) {
    return Optional.ofNullable(grids.get(id));
  }

  public List<Building> buildings() {
    return plan.buildings();
  }

  /** Returns the buildings of a grid. */
  public List<Building> buildings(Grid grid) {
    return buildingsOf.getOrDefault(grid.id(), List.of());
  }

  public Optional<Building> findBuilding(String id) {
    return Optional.ofNullable(buildings.get(id));
  }

  public List<Gateway> gateways() {
    return plan.gateways();
  }

  Optional<Gateway> findGateway(GatewayId id) {
    return Optional.ofNullable(gateways.get(id));
  }

  /**
   * Replaces the adopted devices and the hardware of all devices. If the file names a device too,
   * the file says what it is.
   */
  void use(List<Device> adopted, Map<DeviceId, Equipment> equipment) {
    devices =
        Devices.of(
            Stream.concat(
                    plan.devices().stream(),
                    adopted.stream().filter(device -> !inFile.containsKey(device.id())))
                .map(device -> device.with(equipment.get(device.id())))
                .toList());
  }

  public List<Device> devices() {
    return devices.all();
  }

  /** Returns the devices that a gateway is expected to hear. */
  public List<Device> devices(GatewayId gateway) {
    return devices.atGateway().getOrDefault(gateway, List.of());
  }

  /** Returns the devices whose hardware replaced another. */
  public List<Device> replaced() {
    return devices.replaced();
  }

  /** Returns whether the community file names the device. */
  public boolean isInFile(DeviceId id) {
    return inFile.containsKey(id);
  }

  /**
   * Returns the device of this id, or the one whose hardware had this name before it was
   * registered. Empty for a device that is not registered: it is heard all the same, and marked
   * unassigned.
   */
  public Optional<Device> findDevice(DeviceId id) {
    Devices now = devices;
    return Optional.ofNullable(now.byId().getOrDefault(id, now.formerNames().get(id)));
  }

  /** Returns the device whose hardware has this address. */
  public Optional<Device> findEquipment(GatewayId gateway, String profile, String address) {
    return Optional.ofNullable(devices.byHardware().get(new Hardware(gateway, profile, address)));
  }

  /** Returns the grid of a device's building; empty for a device that is not registered. */
  public Optional<Grid> gridOf(DeviceId id) {
    return findDevice(id)
        .flatMap(device -> findBuilding(device.building()))
        .flatMap(building -> findGrid(building.grid()));
  }

  public List<Person> people() {
    return plan.people();
  }

  public List<Person> people(Role role) {
    return plan.people().stream().filter(person -> person.role() == role).toList();
  }

  /** Returns the people of a role who look after a grid. */
  public List<Person> people(Role role, String grid) {
    return people(role).stream().filter(person -> person.grids().contains(grid)).toList();
  }

  public Optional<Person> findPerson(String id) {
    return Optional.ofNullable(people.get(id));
  }

  /** Returns the roster, in the order of the file: if two shifts overlap, the first one counts. */
  public List<DutyShift> duty() {
    return plan.duty();
  }
}
