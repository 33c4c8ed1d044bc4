package org.linli.hub.console.page;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linli.event.GatewayId;
import org.linli.hub.adoption.GatewayRegistries;
import org.linli.hub.adoption.RegistryAtGateway;
import org.linli.hub.gateway.GatewayDeadLetters;
import org.linli.hub.intake.HubLedger.GatewayFigures;
import org.linli.hub.intake.IntakeLedger;
import org.linli.hub.liveness.DevicePresence;
import org.linli.hub.liveness.DeviceStatus;
import org.linli.hub.liveness.GatewayStatus;
import org.linli.hub.liveness.Liveness;
import org.linli.hub.registry.BilingualName;
import org.linli.hub.registry.Device;
import org.linli.hub.registry.Gateway;
import org.linli.hub.registry.Grid;
import org.linli.hub.registry.Registry;
import org.springframework.stereotype.Component;

/** Prepares devices and gateways for a page. */
@Component
class DeviceView {

  /** For how many devices of a gateway the console shows what they lost. */
  private static final int LOSSES_NAMED = 3;

  /** By this name a gateway reports losses of devices that it no longer remembers. */
  private static final String OTHERS = "linli-others";

  /** In place of the grid of a device that is in none. */
  private static final String NO_GRID = "";

  /** How many devices of a grid the console names that are away, and how many of the others. */
  static final int NAMED = 100;

  /** How many gateways the console names. */
  static final int GATEWAYS_NAMED = 100;

  private final Liveness liveness;
  private final Registry registry;
  private final IntakeLedger ledger;
  private final GatewayRegistries registries;

  DeviceView(
      Liveness liveness, Registry registry, IntakeLedger ledger, GatewayRegistries registries) {
    this.liveness = liveness;
    this.registry = registry;
    this.ledger = ledger;
    this.registries = registries;
  }

  /**
   * The devices of one grid.
   *
   * @param id the grid; {@code unassigned} for devices that are in none
   * @param name null for those
   * @param toRegister how many of them are not registered
   * @param away the offline ones, longest away first, at most {@value #NAMED} of them
   * @param others the never heard ones, then those online, at most {@value #NAMED} of them
   */
  public record Group(
      String id,
      @Nullable String name,
      long online,
      long offline,
      long unknown,
      long toRegister,
      List<Row> away,
      List<Row> others) {

    public long awayMore() {
      return offline - away.size();
    }

    public long othersAll() {
      return online + unknown;
    }

    public long othersMore() {
      return othersAll() - others.size();
    }
  }

  /**
   * A page of the devices that were searched for.
   *
   * @param all how many there are on all pages
   * @param page from 1
   */
  public record Found(List<Row> rows, long all, int page, int pages) {}

  /** Finds devices whose name or id contains a text, those that are away first. */
  Found find(String text, int page, Local local) {
    String wanted = text.toLowerCase(Locale.ROOT);
    List<DeviceStatus> found =
        liveness.devices().stream()
            .filter(status -> isNamed(status, wanted, local))
            .sorted(Comparator.comparing(status -> status.presence() != DevicePresence.OFFLINE))
            .toList();
    int pages = Math.max(1, Math.ceilDiv(found.size(), NAMED));
    int shown = Math.clamp(page, 1, pages);
    return new Found(
        found.stream()
            .skip((long) (shown - 1) * NAMED)
            .limit(NAMED)
            .map(status -> row(status, local))
            .toList(),
        found.size(),
        shown,
        pages);
  }

  private boolean isNamed(DeviceStatus status, String wanted, Local local) {
    return status.device().value().toLowerCase(Locale.ROOT).contains(wanted)
        || registry
            .findDevice(status.key())
            .map(Device::name)
            .map(local::name)
            .filter(name -> name.toLowerCase(Locale.ROOT).contains(wanted))
            .isPresent();
  }

  /**
   * One device.
   *
   * @param clock since when it has this status; null if it was never heard
   * @param skew how far its clock is off; null for nothing to say
   */
  public record Row(
      String id,
      String name,
      String kind,
      String presence,
      @Nullable String clock,
      @Nullable Age age,
      @Nullable Skew skew) {}

  /**
   * One gateway.
   *
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
  public record GatewayRow(
      String id,
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

  List<Group> groups(Local local) {
    Map<String, List<DeviceStatus>> byGrid =
        liveness.devices().stream().collect(Collectors.groupingBy(this::gridOf));
    List<Group> groups = new ArrayList<>();
    for (Grid grid : registry.only().grids()) {
      groups.add(
          group(
              grid.id(),
              local.name(grid.name()),
              byGrid.getOrDefault(grid.id(), List.of()),
              local));
    }
    List<DeviceStatus> unassigned = byGrid.getOrDefault(NO_GRID, List.of());
    if (!unassigned.isEmpty()) {
      groups.add(group("unassigned", null, unassigned, local));
    }
    return groups;
  }

  private String gridOf(DeviceStatus status) {
    return registry.only().gridOf(status.device()).map(Grid::id).orElse(NO_GRID);
  }

  private Group group(String id, @Nullable String name, List<DeviceStatus> statuses, Local local) {
    return new Group(
        id,
        name,
        count(statuses, DevicePresence.ONLINE),
        count(statuses, DevicePresence.OFFLINE),
        count(statuses, DevicePresence.UNKNOWN),
        statuses.stream().filter(DeviceStatus::unassigned).count(),
        statuses.stream()
            .filter(status -> status.presence() == DevicePresence.OFFLINE)
            .sorted(
                Comparator.comparing(
                    status -> Objects.requireNonNullElse(status.since(), Instant.MIN)))
            .limit(NAMED)
            .map(status -> row(status, local))
            .toList(),
        statuses.stream()
            .filter(status -> status.presence() != DevicePresence.OFFLINE)
            .sorted(Comparator.comparing(DeviceStatus::presence))
            .limit(NAMED)
            .map(status -> row(status, local))
            .toList());
  }

  private static long count(List<DeviceStatus> statuses, DevicePresence presence) {
    return statuses.stream().filter(status -> status.presence() == presence).count();
  }

  private Row row(DeviceStatus status, Local local) {
    Instant since =
        status.presence() == DevicePresence.ONLINE ? status.lastSeenAt() : status.since();
    return new Row(
        status.device().value(),
        registry
            .findDevice(status.key())
            .map(Device::name)
            .map(local::name)
            .orElse(status.device().value()),
        status.kind().wireName(),
        status.presence().wireName(),
        since == null ? null : local.clock(since),
        since == null ? null : local.age(since),
        Skew.of(status.clockAhead()));
  }

  List<GatewayRow> gateways(Local local) {
    Map<String, GatewayFigures> figures = ledger.ledger().gateways();
    return liveness.gateways().stream()
        .sorted(Comparator.comparing(GatewayStatus::connected).thenComparing(GatewayStatus::isWell))
        .limit(GATEWAYS_NAMED)
        .map(status -> row(status, figures.get(status.gateway().value()), local))
        .toList();
  }

  /** Returns how many gateways there are beyond those that are named. */
  long gatewaysMore() {
    return Math.max(0, liveness.gateways().size() - GATEWAYS_NAMED);
  }

  private GatewayRow row(GatewayStatus status, @Nullable GatewayFigures figures, Local local) {
    long shed = figures == null ? 0 : figures.shed();
    RegistryAtGateway atGateway = registries.at(status.gateway());
    Instant since = status.since();
    Instant heard = status.lastHeardAt();
    String says =
        status.connected()
            ? "gateway.connected"
            : since == null ? "gateway.not-since-start" : "gateway.away";
    return new GatewayRow(
        status.gateway().value(),
        registry
            .findGateway(status.gateway())
            .map(Gateway::building)
            .flatMap(
                building ->
                    registry
                        .at(status.gateway())
                        .flatMap(community -> community.findBuilding(building)))
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
