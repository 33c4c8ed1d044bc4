package org.linli.hub.console.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.linli.event.CommunityId;
import org.linli.event.GatewayId;
import org.linli.hub.intake.HubLedger.GatewayFigures;
import org.linli.hub.intake.IntakeLedger;
import org.linli.hub.liveness.GatewayStatus;
import org.linli.hub.liveness.Liveness;
import org.linli.hub.registry.Registry;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Gateways, their status, and what the hub did with what they sent. */
@RestController
@RequestMapping("/api/v1/gateways")
@Tag(name = "registry")
class GatewayEndpoints {

  private static final GatewayFigures NOTHING_YET = new GatewayFigures(0, 0, 0, 0, 0, 0, 0, 0);

  private static final int MOST_LOSSES = 100;

  private final Liveness liveness;
  private final Registry registry;
  private final IntakeLedger ledger;
  private final DeviceShapes shapes;

  GatewayEndpoints(Liveness liveness, Registry registry, IntakeLedger ledger, DeviceShapes shapes) {
    this.liveness = liveness;
    this.registry = registry;
    this.ledger = ledger;
    this.shapes = shapes;
  }

  @GetMapping
  @Operation(summary = "Gateways with their status")
  Listed<GatewayShape> gateways(
      @Parameter(description = "Only gateways of this community.") @RequestParam(required = false)
          @Nullable String community) {
    CommunityId within = Parameters.community(community, registry);
    return Listed.all(
        liveness.gateways().stream()
            .filter(
                status ->
                    within == null
                        || registry
                            .communityOf(status.gateway())
                            .filter(within::equals)
                            .isPresent())
            .map(shapes::of)
            .toList());
  }

  @GetMapping("/{id}")
  @Operation(summary = "One gateway with its status")
  GatewayShape gateway(@PathVariable String id) {
    return liveness
        .gateway(Parameters.pathValue(id, GatewayId::new))
        .map(shapes::of)
        .orElseThrow(GatewayEndpoints::unknown);
  }

  @GetMapping("/{id}/ledger")
  @Operation(
      summary = "What the hub did with what one gateway sent",
      description = "The gateway's own count is at the gateway: /api/ledger.")
  GatewayLedgerShape ledger(@PathVariable String id) {
    GatewayId gateway = Parameters.pathValue(id, GatewayId::new);
    CommunityId community =
        registry
            .findGateway(gateway)
            .flatMap(known -> registry.communityOf(known.id()))
            .orElseThrow(GatewayEndpoints::unknown);
    return GatewayLedgerShape.of(
        id,
        community,
        ledger.ledger().gateways().getOrDefault(id, NOTHING_YET),
        ledger.shedByDevice(gateway, MOST_LOSSES),
        liveness.gateway(gateway).map(GatewayStatus::deadLetters).orElse(null));
  }

  private static RefusedRequestException unknown() {
    return RefusedRequestException.notFound("This gateway is not in the community file.");
  }
}
