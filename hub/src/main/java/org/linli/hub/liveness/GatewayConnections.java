package org.linli.hub.liveness;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.linli.event.CommunityId;
import org.linli.event.GatewayId;
import org.linli.event.GatewayTrouble;
import org.linli.event.Lane;
import org.linli.event.Times;
import org.linli.hub.gateway.Backlog;
import org.linli.hub.gateway.GatewayBacklogRead;
import org.linli.hub.gateway.GatewayClockRead;
import org.linli.hub.gateway.GatewayConnected;
import org.linli.hub.gateway.GatewayDeadLetters;
import org.linli.hub.gateway.GatewayDeadLettersRead;
import org.linli.hub.gateway.GatewayDisconnected;
import org.linli.hub.gateway.GatewayTroublesRead;
import org.linli.hub.registry.Gateway;
import org.linli.hub.registry.Registry;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Knows which gateways are connected, from the events of their sessions. */
@Component
class GatewayConnections {

  /** A connection or the lack of one. */
  private record Connection(boolean connected, Instant since) {}

  /**
   * What a gateway's clock shows.
   *
   * @param skew null if it shows no time that an event can have
   * @param readAt by the hub's clock
   */
  private record Shown(@Nullable ClockSkew skew, Instant readAt) {}

  /**
   * The last reading of a gateway's clock.
   *
   * @param ahead negative if it is behind; null if it shows no time that an event can have
   * @param at by the hub's clock
   */
  record ClockReading(@Nullable Duration ahead, Instant at) {}

  private final Registry registry;
  private final Map<GatewayId, Connection> connections = new ConcurrentHashMap<>();
  private final Map<GatewayId, Connection> told = new ConcurrentHashMap<>();
  private final Map<GatewayId, Shown> clocks = new ConcurrentHashMap<>();
  private final Map<GatewayId, Map<Lane, Backlog>> backlogs = new ConcurrentHashMap<>();
  private final Map<GatewayId, GatewayDeadLetters> deadLetters = new ConcurrentHashMap<>();
  private final Map<GatewayId, Map<GatewayTrouble, Instant>> troubles = new ConcurrentHashMap<>();
  private final MeterRegistry meters;
  private final Map<GatewayId, Instant> heard = new ConcurrentHashMap<>();

  GatewayConnections(Registry registry, MeterRegistry meters) {
    this.registry = registry;
    this.meters = meters;
  }

  @EventListener
  void connected(GatewayConnected event) {
    connections.put(event.gateway(), new Connection(true, event.at()));
  }

  @EventListener
  void disconnected(GatewayDisconnected event) {
    connections.put(event.gateway(), new Connection(false, event.at()));
  }

  @EventListener
  void clockRead(GatewayClockRead event) {
    clocks.compute(
        event.gateway(),
        (_, before) ->
            new Shown(read(before == null ? null : before.skew(), event), event.heardAt()));
  }

  private static @Nullable ClockSkew read(@Nullable ClockSkew before, GatewayClockRead event) {
    if (Times.isOutside(event.sentAt())) {
      return null;
    }
    return before == null
        ? ClockSkew.first(event.sentAt(), event.heardAt())
        : before.read(event.sentAt(), event.heardAt());
  }

  /** Returns null if the gateway has not reported its time since the hub started. */
  @Nullable ClockReading clock(GatewayId gateway) {
    Shown shown = clocks.get(gateway);
    if (shown == null) {
      return null;
    }
    ClockSkew skew = shown.skew();
    return new ClockReading(skew == null ? null : skew.ahead(), shown.readAt());
  }

  @EventListener
  void backlogRead(GatewayBacklogRead event) {
    backlogs.merge(
        event.gateway(), Map.of(event.lane(), event.backlog()), GatewayConnections::newer);
  }

  @EventListener
  void deadLettersRead(GatewayDeadLettersRead event) {
    if (deadLetters.put(event.gateway(), event.deadLetters()) == null) {
      Gauge.builder("linli.gateway.dead.letters", this, it -> it.inAll(event.gateway()))
          .tag("gateway", event.gateway().value())
          .tag(
              "community", registry.communityOf(event.gateway()).map(CommunityId::value).orElse(""))
          .description("Messages that a gateway ever refused because it could not read them")
          .register(meters);
    }
  }

  @EventListener
  void troublesRead(GatewayTroublesRead event) {
    troubles.put(event.gateway(), event.troubles());
  }

  private double inAll(GatewayId gateway) {
    GatewayDeadLetters said = deadLetters.get(gateway);
    return said == null ? Double.NaN : said.inAll();
  }

  private static Map<Lane, Backlog> newer(Map<Lane, Backlog> before, Map<Lane, Backlog> now) {
    Map<Lane, Backlog> both = new EnumMap<>(before);
    both.putAll(now);
    return Collections.unmodifiableMap(both);
  }

  void heard(GatewayId gateway, Instant at) {
    heard.merge(gateway, at, (before, now) -> now.isAfter(before) ? now : before);
  }

  GatewayStatus status(GatewayId gateway) {
    Connection connection = connections.get(gateway);
    ClockReading clock = clock(gateway);
    return new GatewayStatus(
        gateway,
        connection != null && connection.connected(),
        connection == null ? null : connection.since(),
        heard.get(gateway),
        clock == null ? null : clock.ahead(),
        backlogs.getOrDefault(gateway, Map.of()),
        deadLetters.get(gateway),
        troubles.getOrDefault(gateway, Map.of()));
  }

  List<GatewayStatus> all() {
    return registry.gateways().stream().map(Gateway::id).map(this::status).toList();
  }

  /** Returns the gateways whose connection differs from what was last published. */
  List<GatewayStatus> untold() {
    List<GatewayStatus> untold = new ArrayList<>();
    connections.forEach(
        (gateway, connection) -> {
          if (!connection.equals(told.get(gateway))) {
            untold.add(status(gateway));
          }
        });
    return untold;
  }

  void toldOf(List<GatewayStatus> statuses) {
    for (GatewayStatus status : statuses) {
      Instant since = status.since();
      if (since != null) {
        told.put(status.gateway(), new Connection(status.connected(), since));
      }
    }
  }
}
