package org.linli.hub.console.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linli.hub.adoption.RegistryStanding;
import org.linli.hub.liveness.GatewayStatus;
import org.linli.hub.registry.Gateway;
import org.linli.hub.registry.Registry;

/**
 * A gateway, as the API and the stream show it.
 *
 * @param building where it stands; null for one that is in no community file
 * @param status online while it has a connection to this hub, otherwise offline
 * @param since when that began; null where it has not connected since the hub started
 * @param lastHeardAt when its last batch came; null for never
 * @param clockAheadMillis how far its clock is ahead of the hub's, negative where it is behind;
 *     null where it has not said since the hub started
 * @param waiting what it had not sent yet when it sent its last batch of that lane; without lanes
 *     of which it has not said since the hub started
 * @param deadLetters the messages that it could not read; null where it has not said since the hub
 *     started
 * @param troubles what is wrong there, as it said last, most serious first; empty also where it has
 *     not said since the hub started
 * @param registry which registry it goes by
 */
@Schema(name = "Gateway")
public record GatewayShape(
    String id,
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
   * @param since before when none of them was taken, by the gateway's clock; null where it did not
   *     say
   */
  @Schema(name = "Waiting")
  public record Waiting(long events, @Nullable Instant since) {}

  /**
   * Something that is wrong at a gateway.
   *
   * @param what takes-nothing, disk-full or places-taken
   * @param since by the gateway's clock
   */
  @Schema(name = "GatewayTrouble")
  public record TroubleShape(String what, Instant since) {}

  /**
   * Which registry a gateway goes by.
   *
   * @param current the hub's version, such as 1.17
   * @param held the gateway's; null where it has none, or has not said since the hub started
   * @param behind whether it is another one; null where it has not said since the hub started
   * @param problem why, where the gateway or the hub says so
   */
  @Schema(name = "GatewayRegistry")
  public record RegistryShape(
      String current, @Nullable String held, @Nullable Boolean behind, @Nullable String problem) {}

  static GatewayShape of(GatewayStatus status, Registry registry, RegistryStanding standing) {
    return new GatewayShape(
        status.gateway().value(),
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
            standing.current(), standing.held(), standing.behind(), standing.problem()));
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
