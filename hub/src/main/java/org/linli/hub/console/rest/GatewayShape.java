package org.linli.hub.console.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linli.hub.adoption.RegistryAtGateway;
import org.linli.hub.liveness.GatewayStatus;
import org.linli.hub.registry.Gateway;
import org.linli.hub.registry.Registry;

/**
 * A gateway, as the API and the stream show it.
 *
 * @param community whose it is; null for a gateway of no community
 * @param building the building it stands in; null for a gateway that is in no community file
 * @param status online while it has a connection to this hub, otherwise offline
 * @param since when that began; null if it has not connected since the hub started
 * @param lastHeardAt when its last batch came; null for never
 * @param clockAheadMillis how far its clock is ahead of the hub's, negative if it is behind; null
 *     if it has not reported its time since the hub started
 * @param waiting what it had not sent yet when it sent its last batch of that lane; without lanes
 *     that it has not reported since the hub started
 * @param deadLetters the messages that it could not read; null if it has not reported them since
 *     the hub started
 * @param troubles what is wrong there by its last report, most serious first; empty also if it has
 *     not reported since the hub started
 * @param registry which version of the registry it holds
 */
@Schema(name = "Gateway")
public record GatewayShape(
    String id,
    @Nullable String community,
    @Nullable String building,
    String status,
    @Nullable Instant since,
    @Nullable Instant lastHeardAt,
    @Nullable Long clockAheadMillis,
    Map<String, Waiting> waiting,
    @Nullable GatewayDeadLettersShape deadLetters,
    List<TroubleShape> troubles,
    RegistryShape registry) {

  /**
   * Events of one lane.
   *
   * @param since none of them was taken before this time, by the gateway's clock; null if not
   *     reported
   */
  @Schema(name = "Waiting")
  public record Waiting(long events, @Nullable Instant since) {}

  /**
   * Something that is wrong at a gateway.
   *
   * @param what takes-nothing, gives-up, broker-away, disk-full or places-taken
   * @param since by the gateway's clock
   */
  @Schema(name = "GatewayTrouble")
  public record TroubleShape(String what, Instant since) {}

  /**
   * The version of the registry that a gateway holds.
   *
   * @param current the hub's version, such as 1.17
   * @param held the gateway's version; null if it has none, or has not reported one since the hub
   *     started
   * @param behind whether it differs from the hub's; null if it has not reported one since the hub
   *     started
   * @param problem the reason, if the gateway or the hub gives one
   */
  @Schema(name = "GatewayRegistry")
  public record RegistryShape(
      String current, @Nullable String held, @Nullable Boolean behind, @Nullable String problem) {}

  static GatewayShape of(GatewayStatus status, Registry registry, RegistryAtGateway atGateway) {
    return new GatewayShape(
        status.gateway().value(),
        CommunityNames.of(registry.communityOf(status.gateway()).orElse(null)),
        registry.findGateway(status.gateway()).map(Gateway::building).orElse(null),
        status.connected() ? "online" : "offline",
        status.since(),
        status.lastHeardAt(),
        status.clockAhead() == null ? null : status.clockAhead().toMillis(),
        waiting(status),
        GatewayDeadLettersShape.of(status.deadLetters()),
        status.troubles().entrySet().stream()
            .map(one -> new TroubleShape(one.getKey().wireName(), one.getValue()))
            .toList(),
        new RegistryShape(
            atGateway.current(), atGateway.held(), atGateway.behind(), atGateway.problem()));
  }

  private static Map<String, Waiting> waiting(GatewayStatus status) {
    Map<String, Waiting> waiting = new LinkedHashMap<>();
    status
        .backlog()
        .forEach(
            (lane, backlog) ->
                waiting.put(lane.wireName(), new Waiting(backlog.events(), backlog.since())));
    return waiting;
  }
}
