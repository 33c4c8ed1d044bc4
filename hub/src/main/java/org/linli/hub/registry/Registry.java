package org.linli.hub.registry;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.linli.event.DeviceId;
import org.linli.event.GatewayId;

/**
 * What the hub knows of its community. Immutable and safe for any thread; lists keep the order of
 * the community file.
 */
public final class Registry {

  private final CommunityPlan plan;
  private final Map<String, Grid> grids;
  private final Map<String, Building> buildings;
  private final Map<GatewayId, Gateway> gateways;
  private final Map<DeviceId, Device> devices;
  private final Map<String, Person> people;

  public Registry(CommunityPlan plan) {
    this.plan = plan;
    this.grids = byId(plan.grids(), Grid::id);
    this.buildings = byId(plan.buildings(), Building::id);
    this.gateways = byId(plan.gateways(), Gateway::id);
    this.devices = byId(plan.devices(), Device::id);
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

  /** Whether the community file names this gateway; one that it does not is not let in. */
  public boolean isKnownGateway(GatewayId id) {
    return gateways.containsKey(id);
  }

  public List<Device> devices() {
    return plan.devices();
  }

  /** Empty for a device that is in no file: it is heard all the same, and marked unassigned. */
  public Optional<Device> findDevice(DeviceId id) {
    return Optional.ofNullable(devices.get(id));
  }

  /** The grid that a device's building stands in; empty for a device that is in no file. */
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

  /** The people of a role who look after a grid. */
  public List<Person> people(Role role, String grid) {
    return people(role).stream().filter(person -> person.grids().contains(grid)).toList();
  }

  public Optional<Person> findPerson(String id) {
    return Optional.ofNullable(people.get(id));
  }

  /** The roster, in the order of the file: where two shifts overlap, the first one counts. */
  public List<DutyShift> duty() {
    return plan.duty();
  }
}
