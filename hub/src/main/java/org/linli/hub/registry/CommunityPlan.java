package org.linli.hub.registry;

import java.util.List;

/** The content of a community file; all references in it are resolved. */
public record CommunityPlan(
    Community community,
    List<Grid> grids,
    List<Building> buildings,
    List<Gateway> gateways,
    List<Device> devices,
    List<Person> people,
    List<DutyShift> duty) {

  public CommunityPlan {
    grids = List.copyOf(grids);
    buildings = List.copyOf(buildings);
    gateways = List.copyOf(gateways);
    devices = List.copyOf(devices);
    people = List.copyOf(people);
    duty = List.copyOf(duty);
  }
}
