package org.linli.hub.console.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linli.event.DeviceId;
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
  private final DeviceShapes shapes;

  DeviceEndpoints(Liveness liveness, Registry registry, DeviceShapes shapes) {
    this.liveness = liveness;
    this.registry = registry;
    this.shapes = shapes;
  }

  @GetMapping
  @Operation(
      summary = "Devices with their status",
      description =
          "Those of the community file in its order, then adopted ones, then unassigned ones that"
              + " were heard.")
  Listed<DeviceShape> devices(
      @RequestParam(required = false) @Nullable String grid,
      @Parameter(description = "Kind of equipment, as access or elevator.")
          @RequestParam(required = false)
          @Nullable String kind,
      @Parameter(description = "1 to 1000, otherwise 100.") @RequestParam(required = false)
          @Nullable String limit,
      @Parameter(description = "'next' of the page before.") @RequestParam(required = false)
          @Nullable String cursor) {
    Kind wanted = Parameters.oneOf("kind", kind, Kind.values(), Kind::ofWireName);
    Parameters.knownGrid(grid, registry);
    List<DeviceShape> devices =
        liveness.devices().stream()
            .filter(status -> wanted == null || status.kind() == wanted)
            .map(shapes::of)
            .filter(device -> grid == null || grid.equals(device.grid()))
            .toList();
    return Listed.page(devices, DeviceShape::id, cursor, Parameters.limit(limit, MAX_LIMIT));
  }

  @GetMapping("/{id}")
  @Operation(summary = "One device with its status")
  DeviceShape device(@PathVariable String id) {
    return liveness
        .device(registry.only().key(Parameters.pathValue(id, DeviceId::new)))
        .map(shapes::of)
        .orElseThrow(
            () ->
                RefusedRequestException.notFound(
                    "This device is not registered, and was never heard."));
  }
}
