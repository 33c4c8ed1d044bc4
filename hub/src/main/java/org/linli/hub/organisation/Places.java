package org.linli.hub.organisation;

import java.util.Optional;
import org.linli.event.CommunityId;
import org.linli.hub.registry.CommunityRegistry;
import org.linli.hub.registry.Registry;

/** Finds the nodes that community files make: communities, grids and buildings. */
final class Places {

  private Places() {}

  /** Returns the community of such a node; empty if there is none. */
  static Optional<CommunityRegistry> community(Registry registry, NodeId node) {
    int slash = node.id().indexOf('/');
    try {
      return registry.find(new CommunityId(slash < 0 ? node.id() : node.id().substring(0, slash)));
    } catch (IllegalArgumentException neverOne) {
      return Optional.empty();
    }
  }

  static boolean has(Registry registry, NodeId node) {
    String within = node.id().substring(node.id().indexOf('/') + 1);
    return community(registry, node)
        .filter(
            community ->
                switch (node.level()) {
                  case COMMUNITY -> community.id().value().equals(node.id());
                  case GRID -> node.id().contains("/") && community.findGrid(within).isPresent();
                  case BUILDING ->
                      node.id().contains("/") && community.findBuilding(within).isPresent();
                  case PLATFORM, CITY, SUB_DISTRICT -> false;
                })
        .isPresent();
  }
}
