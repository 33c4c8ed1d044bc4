package org.linli.hub.organisation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.linli.event.CommunityId;
import org.linli.hub.registry.CommunityRegistry;
import org.linli.hub.registry.Device;
import org.linli.hub.registry.DeviceKey;
import org.linli.hub.registry.Registry;

/**
 * The tree of platform, cities, sub-districts, communities, grids and buildings, and the
 * departments and firms beside it. A community that no sub-district has is directly below the
 * platform. Safe for any thread.
 */
public final class Organisation {

  private final OrganisationPlan plan;
  private final Registry registry;
  private final Set<NodeId> nodes;
  private final Map<CommunityId, SubDistrict> parents;

  /**
   * @param plan read together with this registry
   */
  public Organisation(OrganisationPlan plan, Registry registry) {
    this.plan = plan;
    this.registry = registry;
    this.nodes =
        Stream.concat(
                plan.cities().stream().map(City::node),
                plan.subDistricts().stream().map(SubDistrict::node))
            .collect(Collectors.toUnmodifiableSet());
    Map<CommunityId, SubDistrict> byCommunity = new HashMap<>();
    for (SubDistrict district : plan.subDistricts()) {
      district.communities().forEach(community -> byCommunity.put(community, district));
    }
    this.parents = Map.copyOf(byCommunity);
  }

  public OrganisationPlan plan() {
    return plan;
  }

  /** Returns the sub-districts of a city, in the order of the file. */
  public List<SubDistrict> subDistricts(City city) {
    return plan.subDistricts().stream()
        .filter(district -> district.city().equals(city.id()))
        .toList();
  }

  /** Returns the communities directly below a sub-district, in the order of the file. */
  public List<CommunityRegistry> communities(SubDistrict district) {
    return district.communities().stream().flatMap(id -> registry.find(id).stream()).toList();
  }

  /** Returns the communities directly below the platform. */
  public List<CommunityRegistry> communitiesWithoutSubDistrict() {
    return registry.communities().stream()
        .filter(community -> !parents.containsKey(community.id()))
        .toList();
  }

  public boolean has(NodeId node) {
    return switch (node.level()) {
      case PLATFORM -> true;
      case CITY, SUB_DISTRICT -> nodes.contains(node);
      case COMMUNITY, GRID, BUILDING -> Places.has(registry, node);
    };
  }

  /** Returns what is above a community: its sub-district and city if it has them, the platform. */
  public List<NodeId> ancestorsOf(CommunityId community) {
    SubDistrict district = parents.get(community);
    return district == null
        ? List.of(NodeId.PLATFORM)
        : List.of(district.node(), new NodeId(Level.CITY, district.city()), NodeId.PLATFORM);
  }

  /**
   * Returns the communities of a node; that of the grid or building itself for one of these. Empty
   * if there is no such node.
   */
  public Set<CommunityId> communitiesUnder(NodeId node) {
    if (!has(node)) {
      return Set.of();
    }
    if (node.level().compareTo(Level.COMMUNITY) >= 0) {
      return Places.community(registry, node).map(CommunityRegistry::id).stream()
          .collect(Collectors.toSet());
    }
    return registry.communities().stream()
        .map(CommunityRegistry::id)
        .filter(community -> ancestorsOf(community).contains(node))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /**
   * Returns the firms that answer for a device, the nearest first: one for its building before one
   * for its grid, its community and so on. Empty for a device that is not registered.
   */
  public List<Firm> firmsFor(DeviceKey key) {
    Optional<Device> found = registry.findDevice(key);
    if (found.isEmpty()) {
      return List.of();
    }
    Device device = found.get();
    List<NodeId> above = above(registry.of(key.community()), device);
    return plan.firms().stream()
        .filter(firm -> firm.kinds().contains(device.kind()) && distance(firm, above).isPresent())
        .sorted(Comparator.comparingInt(firm -> distance(firm, above).orElseThrow()))
        .toList();
  }

  private List<NodeId> above(CommunityRegistry community, Device device) {
    List<NodeId> above = new ArrayList<>();
    above.add(NodeId.in(community, Level.BUILDING, device.building()));
    community
        .gridOf(device.id())
        .ifPresent(grid -> above.add(NodeId.in(community, Level.GRID, grid.id())));
    above.add(NodeId.community(community.id()));
    above.addAll(ancestorsOf(community.id()));
    return above;
  }

  private static OptionalInt distance(Firm firm, List<NodeId> above) {
    return firm.serves().stream().mapToInt(above::indexOf).filter(index -> index >= 0).min();
  }

  /** Returns the departments that take a matter of a community, its sub-district's first. */
  public List<Department> departmentsFor(CommunityId community, String matter) {
    return ancestorsOf(community).stream()
        .flatMap(node -> plan.departments().stream().filter(each -> each.at().equals(node)))
        .filter(department -> department.matters().contains(matter))
        .toList();
  }

  /** Returns the departments of a node, and those above and below it. */
  public List<Department> departmentsOf(NodeId node) {
    return plan.departments().stream().filter(each -> shareCommunity(node, each.at())).toList();
  }

  /** Returns the firms that serve anything of a node. */
  public List<Firm> firmsOf(NodeId node) {
    return plan.firms().stream()
        .filter(firm -> firm.serves().stream().anyMatch(place -> shareCommunity(node, place)))
        .toList();
  }

  private boolean shareCommunity(NodeId one, NodeId other) {
    if (one.equals(NodeId.PLATFORM) || one.equals(other)) {
      return true;
    }
    Set<CommunityId> ofOther = communitiesUnder(other);
    return communitiesUnder(one).stream().anyMatch(ofOther::contains);
  }
}
