package org.linli.hub.console.rest;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.linli.hub.console.rest.OrganisationEndpoints.HintShape;
import org.linli.hub.console.rest.OrganisationEndpoints.NodeShape;
import org.linli.hub.organisation.City;
import org.linli.hub.organisation.GridHint;
import org.linli.hub.organisation.Level;
import org.linli.hub.organisation.NodeId;
import org.linli.hub.organisation.Organisation;
import org.linli.hub.organisation.SubDistrict;
import org.linli.hub.registry.BilingualName;
import org.linli.hub.registry.Building;
import org.linli.hub.registry.CommunityRegistry;
import org.linli.hub.registry.Grid;
import org.springframework.stereotype.Component;

/** Makes the tree of the organisation as it is shown. */
@Component
class OrganisationTree {

  private final Organisation organisation;

  OrganisationTree(Organisation organisation) {
    this.organisation = organisation;
  }

  /** Returns a node with what is below it; empty if there is none of this name. */
  Optional<NodeShape> find(NodeId node) {
    return organisation.has(node) ? find(platform(), node.toString()) : Optional.empty();
  }

  private static Optional<NodeShape> find(NodeShape from, String node) {
    return from.node().equals(node)
        ? Optional.of(from)
        : from.children().stream().flatMap(child -> find(child, node).stream()).findFirst();
  }

  private NodeShape platform() {
    return above(
        NodeId.PLATFORM,
        organisation.plan().platform(),
        Stream.concat(
                organisation.plan().cities().stream().map(this::city),
                organisation.communitiesWithoutSubDistrict().stream()
                    .map(OrganisationTree::community))
            .toList());
  }

  private NodeShape city(City city) {
    return above(
        city.node(),
        city.name(),
        organisation.subDistricts(city).stream().map(this::subDistrict).toList());
  }

  private NodeShape subDistrict(SubDistrict district) {
    return above(
        district.node(),
        district.name(),
        organisation.communities(district).stream().map(OrganisationTree::community).toList());
  }

  private static NodeShape community(CommunityRegistry community) {
    return above(
        new NodeId(Level.COMMUNITY, community.id().value()),
        community.community().name(),
        community.grids().stream().map(grid -> grid(community, grid)).toList());
  }

  private static NodeShape grid(CommunityRegistry community, Grid grid) {
    return new NodeShape(
        new NodeId(Level.GRID, community.id() + "/" + grid.id()).toString(),
        Level.GRID.wireName(),
        grid.id(),
        NameShape.of(grid.name()),
        grid.households(),
        GridHint.of(community, grid).stream().map(HintShape::of).toList(),
        community.buildings(grid).stream().map(each -> building(community, each)).toList());
  }

  private static NodeShape building(CommunityRegistry community, Building building) {
    return new NodeShape(
        new NodeId(Level.BUILDING, community.id() + "/" + building.id()).toString(),
        Level.BUILDING.wireName(),
        building.id(),
        NameShape.of(building.name()),
        null,
        List.of(),
        List.of());
  }

  private static NodeShape above(NodeId node, BilingualName name, List<NodeShape> children) {
    int households =
        children.stream()
            .map(NodeShape::households)
            .mapToInt(count -> count == null ? 0 : count)
            .sum();
    return new NodeShape(
        node.toString(),
        node.level().wireName(),
        node.level() == Level.PLATFORM ? node.toString() : node.id(),
        NameShape.of(name),
        households,
        List.of(),
        children);
  }
}
