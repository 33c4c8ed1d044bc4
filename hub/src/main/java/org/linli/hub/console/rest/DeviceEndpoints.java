package org.linli.hub.console.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linli.event.CommunityId;
import org.linli.event.Kind;
import org.linli.hub.liveness.Liveness;
import org.linli.hub.registry.Registry;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Devices and their status. */
@RestController
@RequestMapping("/api/v1/devices")
@Tag(name = "registry")
class DeviceEndpoints {

  private static final int MAX_LIMIT = 1000;

  private final Liveness liveness;
  private final Registry registry;
  private final DeviceKeys keys;
  private final DeviceShapes shapes;

  DeviceEndpoints(Liveness liveness, Registry registry, DeviceKeys keys, DeviceShapes shapes) {
    this.liveness = liveness;
    this.registry = registry;
    this.keys = keys;
    this.shapes = shapes;
  }

  @GetMapping
  @Operation(
      summary = "Devices with their status",
      description =
          "Those of the community file in its order, then adopted ones, then unassigned ones that"
              + " were heard.")
  Listed<DeviceShape> devices(
      @Parameter(description = "Only devices of this community.") @RequestParam(required = false)
          @Nullable String community,
      @RequestParam(required = false) @Nullable String grid,
      @Parameter(description = "Kind of equipment, as access or elevator.")
          @RequestParam(required = false)
          @Nullable String kind,
      @Parameter(description = "1 to 1000, otherwise 100.") @RequestParam(required = false)
          @Nullable String limit,
      @Parameter(description = "'next' of the page before.") @RequestParam(required = false)
          @Nullable String cursor) {
    Kind wanted = Parameters.oneOf("kind", kind, Kind.values(), Kind::ofWireName);
    CommunityId within = Parameters.community(community, registry);
    Parameters.knownGrid(grid, within, registry);
    List<DeviceShape> devices =
        liveness.devices().stream()
            .filter(status -> within == null || within.equals(status.community()))
            .filter(status -> wanted == null || status.kind() == wanted)
            .map(shapes::of)
            .filter(device -> grid == null || grid.equals(device.grid()))
            .toList();
    return Listed.page(devices, DeviceEndpoints::place, cursor, Parameters.limit(limit, MAX_LIMIT));
  }

  /** Ids are unique only in their community. */
  private static String place(DeviceShape device) {
    return device.community() + "/" + device.id();
  }

  @GetMapping("/{id}")
  @Operation(
      summary = "One device with its status",
      description =
          "If several communities have a device of this id, the answer is 409 with their ids, and"
              + " 'community' decides.")
  DeviceShape device(
      @PathVariable String id, @RequestParam(required = false) @Nullable String community) {
    return liveness
        .device(keys.ofPath(id, community))
        .map(shapes::of)
        .orElseThrow(DeviceKeys::unknown);
  }
}
