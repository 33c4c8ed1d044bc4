package org.linli.hub.registry;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.linli.event.DeviceId;
import org.linli.event.GatewayId;

/**
 * The community: the content of the community file, and the devices that were adopted in addition.
 * Safe for any thread. Lists keep the order of the community file, followed by adopted devices.
 * Only the devices change while the hub runs.
 */
public final class Registry {

  private final CommunityPlan plan;
  private final Map<String, Grid> grids;
  private final Map<String, Building> buildings;
  private final Map<GatewayId, Gateway> gateways;
  private final Map<DeviceId, Device> inFile;
  private final Map<String, Person> people;
  private volatile Devices devices;

  /**
   * The present devices.
   *
   * @param formerNames the names under which registered hardware was heard before
   */
  private record Devices(
      long version,
      List<Device> all,
      Map<DeviceId, Device> byId,
      Map<DeviceId, Device> formerNames) {}

  public Registry(CommunityPlan plan) {
    this.plan = plan;
    this.grids = byId(plan.grids(), Grid::id);
    this.buildings = byId(plan.buildings(), Building::id);
    this.gateways = byId(plan.gateways(), Gateway::id);
    this.inFile = byId(plan.devices(), Device::id);
    this.devices = new Devices(1, plan.devices(), inFile, Map.of());
    this.people = byId(plan.people(), Person::id);
  }

  private static <K, T> Map<K, T> byId(List<T> items, Function<T, K> id) {
    return items.stream().collect(Collectors.toUnmodifiableMap(id, Function.identity()));
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

  public Optional<Building> findBuilding(String id) {
    return Optional.ofNullable(buildings.get(id));
  }

  public List<Gateway> gateways() {
    return plan.gateways();
  }

  public Optional<Gateway> findGateway(GatewayId id) {
    return Optional.ofNullable(gateways.get(id));
  }

  /** Returns whether the community file names this gateway; an unknown gateway is refused. */
  public boolean isKnownGateway(GatewayId id) {
    return gateways.containsKey(id);
  }

  /**
   * Replaces the adopted devices and the hardware of all devices. If the file names a device too,
   * the file says what it is.
   */
  public void use(List<Device> adopted, Map<DeviceId, Equipment> equipment) {
    List<Device> all =
        Stream.concat(
                plan.devices().stream(),
                adopted.stream().filter(device -> !inFile.containsKey(device.id())))
            .map(device -> device.with(equipment.get(device.id())))
            .toList();
    Map<DeviceId, Device> byId = byId(all, Device::id);
    Map<DeviceId, Device> formerNames = new HashMap<>();
    for (Device device : all) {
      Equipment hardware = device.equipment();
      DeviceId formerly = hardware == null ? null : hardware.formerly();
      if (formerly != null && !byId.containsKey(formerly)) {
        formerNames.put(formerly, device);
      }
    }
    devices = new Devices(devices.version() + 1, all, byId, Map.copyOf(formerNames));
  }

  /** Returns a number that differs whenever the registered devices may have changed. */
  public long version() {
    return devices.version();
  }

  public List<Device> devices() {
    return devices.all();
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
    return devices.all().stream()
        .filter(
            device ->
                device.equipment() != null && device.equipment().is(gateway, profile, address))
        .findFirst();
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
