package org.linli.hub.console.page;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linli.event.CommunityId;
import org.linli.event.GatewayId;
import org.linli.hub.adoption.GatewayRegistries;
import org.linli.hub.adoption.RegistryAtGateway;
import org.linli.hub.gateway.GatewayDeadLetters;
import org.linli.hub.intake.HubLedger.GatewayFigures;
import org.linli.hub.intake.IntakeLedger;
import org.linli.hub.liveness.GatewayStatus;
import org.linli.hub.liveness.Liveness;
import org.linli.hub.registry.BilingualName;
import org.linli.hub.registry.Gateway;
import org.linli.hub.registry.Registry;
import org.springframework.stereotype.Component;

/** Prepares gateways for a page. */
@Component
class GatewayView {

  /** For how many devices of a gateway the console shows what they lost. */
  private static final int LOSSES_NAMED = 3;

  /** By this name a gateway reports losses of devices that it no longer remembers. */
  private static final String OTHERS = "linli-others";

  /** How many gateways the console names. */
  static final int GATEWAYS_NAMED = 100;

  private final Liveness liveness;
  private final Registry registry;
  private final ShownCommunities communities;
  private final IntakeLedger ledger;
  private final GatewayRegistries registries;

  GatewayView(
      Liveness liveness,
      Registry registry,
      ShownCommunities communities,
      IntakeLedger ledger,
      GatewayRegistries registries) {
    this.liveness = liveness;
    this.registry = registry;
    this.communities = communities;
    this.ledger = ledger;
    this.registries = registries;
  }

  /**
   * One gateway.
   *
   * @param community the name of its community, if there are several
   * @param says the message that describes its status, with the clock and age it mentions
   * @param heardAge when its last batch came; null for never
   * @param skew how far its clock is off; null for nothing to say
   * @param waiting what was left there in each lane when it last sent of it, urgent first
   * @param troubles what is wrong there, most serious first
   * @param deadLetters the messages that it could not read; null for none, and if it has not
   *     reported them
   * @param shed events that it gave up, as far as it reported them
   * @param shedMost the devices that lost most of them
   * @param registry the message that says which registry it holds; null if not reported
   * @param registryProblem why it cannot use the newest; null if it can
   */
  public record Row(
      String id,
      @Nullable String community,
      String place,
      boolean connected,
      String says,
      @Nullable String clock,
      @Nullable Age age,
      @Nullable Age heardAge,
      @Nullable Skew skew,
      List<TroubleLine> troubles,
      List<Waiting> waiting,
      @Nullable DeadLetters deadLetters,
      long shed,
      String shedMost,
      @Nullable String registry,
      @Nullable String registryHeld,
      String registryCurrent,
      @Nullable String registryProblem) {}

  /**
   * Events of one lane that wait at a gateway.
   *
   * @param says the message about this lane
   * @param age upper bound for the age of the oldest; null if the gateway did not report it
   */
  public record Waiting(String says, long events, @Nullable Age age) {}

  /**
   * Something that is wrong at a gateway.
   *
   * @param says the message about it
   * @param age since when
   */
  public record TroubleLine(String says, Age age) {}

  /**
   * The messages that a gateway could not read.
   *
   * @param says the message about them
   * @param age age of the newest; null if the gateway did not report it
   * @param reason why the newest could not be read; empty if the gateway did not report it
   */
  public record DeadLetters(String says, long kept, long inAll, @Nullable Age age, String reason) {}

  List<Row> gateways(Scope scope, Local local) {
    Map<String, GatewayFigures> figures = ledger.ledger().gateways();
    return shown(scope)
        .sorted(Comparator.comparing(GatewayStatus::connected).thenComparing(GatewayStatus::isWell))
        .limit(GATEWAYS_NAMED)
        .map(status -> row(status, figures.get(status.gateway().value()), local))
        .toList();
  }

  /** Returns how many gateways there are beyond those that are named. */
  long more(Scope scope) {
    return Math.max(0, shown(scope).count() - GATEWAYS_NAMED);
  }

  private Stream<GatewayStatus> shown(Scope scope) {
    return liveness.gateways().stream()
        .filter(status -> scope.shows(communityOf(status.gateway())));
  }

  private @Nullable CommunityId communityOf(GatewayId gateway) {
    return registry.communityOf(gateway).orElse(null);
  }

  private Row row(GatewayStatus status, @Nullable GatewayFigures figures, Local reader) {
    CommunityId community = communityOf(status.gateway());
    Local local = communities.at(community, reader);
    long shed = figures == null ? 0 : figures.shed();
    RegistryAtGateway atGateway = registries.at(status.gateway());
    Instant since = status.since();
    Instant heard = status.lastHeardAt();
    String says =
        status.connected()
            ? "gateway.connected"
            : since == null ? "gateway.not-since-start" : "gateway.away";
    return new Row(
        status.gateway().value(),
        communities.name(community, local),
        registry
            .findGateway(status.gateway())
            .map(Gateway::building)
            .flatMap(
                building ->
                    registry.at(status.gateway()).flatMap(its -> its.findBuilding(building)))
            .map(building -> local.name(building.name()))
            .orElse(""),
        status.connected(),
        says,
        since == null ? null : local.clock(since),
        since == null ? null : local.age(since),
        heard == null ? null : local.age(heard),
        Skew.of(status.clockAhead()),
        status.troubles().entrySet().stream()
            .map(
                one ->
                    new TroubleLine(
                        "gateway.trouble." + one.getKey().wireName(),
                        age(one.getValue(), status, local)))
            .toList(),
        waiting(status, local),
        deadLetters(status, local),
        shed,
        shed == 0 ? "" : shedMost(status.gateway(), local),
        says(atGateway),
        atGateway.held(),
        atGateway.current(),
        atGateway.problem());
  }

  private static @Nullable String says(RegistryAtGateway atGateway) {
    if (atGateway.behind() == null) {
      return null;
    }
    if (atGateway.held() == null) {
      return "gateway.registry.none";
    }
    return atGateway.behind() ? "gateway.registry.behind" : "gateway.registry";
  }

  private static List<Waiting> waiting(GatewayStatus status, Local local) {
    return status.backlog().entrySet().stream()
        .filter(lane -> lane.getValue().events() > 0)
        .map(
            lane -> {
              Instant since = lane.getValue().since();
              return new Waiting(
                  "gateway.waiting." + lane.getKey().wireName() + (since == null ? "" : ".since"),
                  lane.getValue().events(),
                  since == null ? null : age(since, status, local));
            })
        .toList();
  }

  private static @Nullable DeadLetters deadLetters(GatewayStatus status, Local local) {
    GatewayDeadLetters said = status.deadLetters();
    if (said == null || said.kept() == 0) {
      return null;
    }
    Instant newest = said.newestAt();
    String reason = said.newestReason();
    boolean telling = newest != null && reason != null;
    return new DeadLetters(
        "gateway.dead-letters"
            + (said.inAll() > said.kept() ? ".of" : "")
            + (telling ? ".newest" : ""),
        said.kept(),
        said.inAll(),
        newest == null ? null : age(newest, status, local),
        reason == null ? "" : reason);
  }

  /** Converts to the hub's clock, so that a gateway whose clock is off does not seem hours away. */
  private static Age age(Instant there, GatewayStatus status, Local local) {
    Duration ahead = Objects.requireNonNullElse(status.clockAhead(), Duration.ZERO);
    return local.age(there.minus(ahead));
  }

  private String shedMost(GatewayId gateway, Local local) {
    return ledger.shedByDevice(gateway, LOSSES_NAMED).entrySet().stream()
        .map(loss -> local.name(lossOf(loss.getKey())) + " (" + loss.getValue() + ")")
        .collect(Collectors.joining(", "));
  }

  private static BilingualName lossOf(String device) {
    return device.equals(OTHERS)
        ? new BilingualName("不再记住的设备", "devices that it no longer remembers")
        : new BilingualName(device, device);
  }
}
