package org.linli.hub.console.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linli.event.CommunityId;
import org.linli.hub.liveness.DevicePresence;
import org.linli.hub.liveness.DeviceStatus;
import org.linli.hub.liveness.Liveness;
import org.linli.hub.registry.Community;
import org.linli.hub.registry.CommunityRegistry;
import org.linli.hub.registry.DeviceKey;
import org.linli.hub.registry.Grid;
import org.linli.hub.registry.Registry;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The communities and their grids. */
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
  record BuildingShape(String id, String community, NameShape name, int floors) {}

  @Schema(name = "DeviceCounts")
  record DeviceCounts(long online, long offline, long unknown) {}

  @GetMapping("/communities")
  @Operation(summary = "The communities that this hub watches over")
  Listed<CommunityShape> communities() {
    return Listed.all(registry.communities().stream().map(CommunityEndpoints::shape).toList());
  }

  private static CommunityShape shape(CommunityRegistry registry) {
    Community community = registry.community();
    return new CommunityShape(
        community.id().value(),
        NameShape.of(community.name()),
        community.zone().getId(),
        registry.grids().stream().map(Grid::id).toList());
  }

  @GetMapping("/grids")
  @Operation(summary = "The grids, their buildings and how their devices are")
  Listed<GridShape> grids(
      @Parameter(description = "Only grids of this community.") @RequestParam(required = false)
          @Nullable String community) {
    CommunityId within = Parameters.community(community, registry);
    List<GridShape> all = grids(registry, liveness.devices());
    return Listed.all(
        within == null
            ? all
            : all.stream().filter(grid -> grid.community().equals(within.value())).toList());
  }

  static List<GridShape> grids(Registry registry, List<DeviceStatus> statuses) {
    Map<DeviceKey, DevicePresence> presences = new HashMap<>();
    for (DeviceStatus status : statuses) {
      presences.put(status.key(), status.presence());
    }
    return registry.communities().stream()
        .flatMap(community -> grids(community, presences))
        .toList();
  }

  private static Stream<GridShape> grids(
      CommunityRegistry community, Map<DeviceKey, DevicePresence> presences) {
    Map<String, Map<DevicePresence, Long>> counts =
        community.devices().stream()
            .collect(
                Collectors.groupingBy(
                    device -> community.gridOf(device.id()).map(Grid::id).orElse(""),
                    Collectors.groupingBy(
                        device ->
                            presences.getOrDefault(
                                community.key(device.id()), DevicePresence.UNKNOWN),
                        Collectors.counting())));
    return community.grids().stream()
        .map(grid -> shape(community, grid, counts.getOrDefault(grid.id(), Map.of())));
  }

  private static GridShape shape(
      CommunityRegistry community, Grid grid, Map<DevicePresence, Long> counts) {
    return new GridShape(
        grid.id(),
        community.id().value(),
        NameShape.of(grid.name()),
        grid.households(),
        community.buildings(grid).stream()
            .map(
                building ->
                    new BuildingShape(
                        building.id(),
                        community.id().value(),
                        NameShape.of(building.name()),
                        building.floors()))
            .toList(),
        new DeviceCounts(
            counts.getOrDefault(DevicePresence.ONLINE, 0L),
            counts.getOrDefault(DevicePresence.OFFLINE, 0L),
            counts.getOrDefault(DevicePresence.UNKNOWN, 0L)));
  }
}
