package org.linli.hub.console.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.linli.event.DeviceId;
import org.linli.hub.liveness.DevicePresence;
import org.linli.hub.liveness.DeviceStatus;
import org.linli.hub.liveness.Liveness;
import org.linli.hub.registry.Building;
import org.linli.hub.registry.Community;
import org.linli.hub.registry.Grid;
import org.linli.hub.registry.Registry;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The community and its grids. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "registry")
class CommunityEndpoints {

  private final Registry registry;
  private final Liveness liveness;

  CommunityEndpoints(Registry registry, Liveness liveness) {
    this.registry = registry;
    this.liveness = liveness;
  }

  /**
   * A community.
   *
   * @param zone the time zone of the roster
   * @param grids the ids of its grids
   */
  @Schema(name = "Community")
  record CommunityShape(String id, NameShape name, String zone, List<String> grids) {}

  /**
   * A grid.
   *
   * @param devices how many of its devices are online, are offline, and were never heard
   */
  @Schema(name = "Grid")
  record GridShape(
      String id,
      String community,
      NameShape name,
      int households,
      List<BuildingShape> buildings,
      DeviceCounts devices) {}

  @Schema(name = "Building")
  record BuildingShape(String id, NameShape name, int floors) {}

  @Schema(name = "DeviceCounts")
  record DeviceCounts(long online, long offline, long unknown) {}

  @GetMapping("/communities")
  @Operation(summary = "The communities that this hub watches over")
  Listed<CommunityShape> communities() {
    Community community = registry.community();
    return Listed.all(
        List.of(
            new CommunityShape(
                community.id(),
                NameShape.of(community.name()),
                community.zone().getId(),
                registry.grids().stream().map(Grid::id).toList())));
  }

  @GetMapping("/grids")
  @Operation(summary = "The grids, their buildings and how their devices are")
  Listed<GridShape> grids() {
    Map<DeviceId, DevicePresence> presences =
        liveness.devices().stream()
            .collect(Collectors.toMap(DeviceStatus::device, DeviceStatus::presence));
    return Listed.all(registry.grids().stream().map(grid -> shape(grid, presences)).toList());
  }

  private GridShape shape(Grid grid, Map<DeviceId, DevicePresence> presences) {
    List<Building> buildings =
        registry.buildings().stream()
            .filter(building -> building.grid().equals(grid.id()))
            .toList();
    Map<DevicePresence, Long> counts =
        registry.devices().stream()
            .filter(
                device ->
                    buildings.stream()
                        .anyMatch(building -> building.id().equals(device.building())))
            .map(device -> presences.getOrDefault(device.id(), DevicePresence.UNKNOWN))
            .collect(Collectors.groupingBy(presence -> presence, Collectors.counting()));
    return new GridShape(
        grid.id(),
        registry.community().id(),
        NameShape.of(grid.name()),
        grid.households(),
        buildings.stream()
            .map(
                building ->
                    new BuildingShape(
                        building.id(), NameShape.of(building.name()), building.floors()))
            .toList(),
        new DeviceCounts(
            counts.getOrDefault(DevicePresence.ONLINE, 0L),
            counts.getOrDefault(DevicePresence.OFFLINE, 0L),
            counts.getOrDefault(DevicePresence.UNKNOWN, 0L)));
  }
}
