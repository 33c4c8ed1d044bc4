package org.linli.hub.console.page;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linli.event.CommunityId;
import org.linli.hub.liveness.DevicePresence;
import org.linli.hub.liveness.DeviceStatus;
import org.linli.hub.liveness.Liveness;
import org.linli.hub.registry.CommunityRegistry;
import org.linli.hub.registry.Device;
import org.linli.hub.registry.Grid;
import org.linli.hub.registry.Registry;
import org.springframework.stereotype.Component;

/** Prepares devices for a page. */
@Component
class DeviceView {

  /** In place of the grid of a device that is in none. */
  private static final String NO_GRID = "";

  /** How many devices of a grid the console names that are away, and how many of the others. */
  static final int NAMED = 100;

  /** How many devices of a community it names that are away, where it shows several. */
  static final int NAMED_OF_COMMUNITY = 10;

  private final Liveness liveness;
  private final Registry registry;
  private final ShownCommunities communities;

  DeviceView(Liveness liveness, Registry registry, ShownCommunities communities) {
    this.liveness = liveness;
    this.registry = registry;
    this.communities = communities;
  }

  /**
   * The devices of one grid, or of one of several communities.
   *
   * @param id the grid; {@code unassigned} for devices that are in none; the community
   * @param name null for those that are in no grid
   * @param address where the rest of it is; null for a grid
   * @param toRegister how many of them are not registered
   * @param away the offline ones, longest away first, at most {@value #NAMED} of them
   * @param others the never heard ones, then those online, at most {@value #NAMED} of them; none of
   *     a community
   */
  public record Group(
      String id,
      @Nullable String name,
      @Nullable String address,
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
  Found find(String text, Scope scope, int page, Local local) {
    String wanted = text.toLowerCase(Locale.ROOT);
    List<DeviceStatus> found =
        liveness.devices().stream()
            .filter(status -> scope.shows(status.community()))
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
   * @param key unique among all devices
   * @param address of its page
   * @param community the name of its community, if there are several
   * @param clock since when it has this status; null if it was never heard
   * @param skew how far its clock is off; null for nothing to say
   */
  public record Row(
      String id,
      String key,
      String address,
      @Nullable String community,
      String name,
      String kind,
      String presence,
      @Nullable String clock,
      @Nullable Age age,
      @Nullable Skew skew) {}

  /** Returns the grids of a community, or the communities where there are several. */
  List<Group> groups(Scope scope, Local local) {
    CommunityRegistry one = scope.one();
    return one == null ? communities(local) : grids(one, local);
  }

  private List<Group> grids(CommunityRegistry community, Local local) {
    Map<String, List<DeviceStatus>> byGrid =
        liveness.devices().stream()
            .filter(status -> status.community().equals(community.id()))
            .collect(
                Collectors.groupingBy(
                    status -> community.gridOf(status.device()).map(Grid::id).orElse(NO_GRID)));
    List<Group> groups = new ArrayList<>();
    for (Grid grid : community.grids()) {
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

  private List<Group> communities(Local local) {
    Map<CommunityId, List<DeviceStatus>> byCommunity =
        liveness.devices().stream().collect(Collectors.groupingBy(DeviceStatus::community));
    return registry.communities().stream()
        .map(
            community ->
                group(
                    community.id().value(),
                    local.name(community.community().name()),
                    "/" + communities.query(community.id()),
                    NAMED_OF_COMMUNITY,
                    0,
                    byCommunity.getOrDefault(community.id(), List.of()),
                    communities.at(community.id(), local)))
        .toList();
  }

  private Group group(String id, @Nullable String name, List<DeviceStatus> statuses, Local local) {
    return group(id, name, null, NAMED, NAMED, statuses, local);
  }

  private Group group(
      String id,
      @Nullable String name,
      @Nullable String address,
      int mostAway,
      int mostOthers,
      List<DeviceStatus> statuses,
      Local local) {
    return new Group(
        id,
        name,
        address,
        count(statuses, DevicePresence.ONLINE),
        count(statuses, DevicePresence.OFFLINE),
        count(statuses, DevicePresence.UNKNOWN),
        statuses.stream().filter(DeviceStatus::unassigned).count(),
        statuses.stream()
            .filter(status -> status.presence() == DevicePresence.OFFLINE)
            .sorted(
                Comparator.comparing(
                    status -> Objects.requireNonNullElse(status.since(), Instant.MIN)))
            .limit(mostAway)
            .map(status -> row(status, local))
            .toList(),
        statuses.stream()
            .filter(status -> status.presence() != DevicePresence.OFFLINE)
            .sorted(Comparator.comparing(DeviceStatus::presence))
            .limit(mostOthers)
            .map(status -> row(status, local))
            .toList());
  }

  private static long count(List<DeviceStatus> statuses, DevicePresence presence) {
    return statuses.stream().filter(status -> status.presence() == presence).count();
  }

  private Row row(DeviceStatus status, Local reader) {
    Local local = communities.at(status.community(), reader);
    Instant since =
        status.presence() == DevicePresence.ONLINE ? status.lastSeenAt() : status.since();
    return new Row(
        status.device().value(),
        communities.areSeveral() ? status.key().toString() : status.device().value(),
        communities.address(status.key()),
        communities.name(status.community(), local),
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
}
