package org.linli.hub.registry.file;

import java.util.HashMap;
import java.util.Map;
import org.linli.event.CommunityId;
import org.linli.event.GatewayId;
import org.linli.program.yaml.Parsers;
import org.linli.program.yaml.YamlLocation;

/** What is unique at a hub, and the places in the files that took it first. */
final class Claims {

  private final Map<CommunityId, YamlLocation> communities = new HashMap<>();
  private final Map<GatewayId, YamlLocation> gateways = new HashMap<>();

  /**
   * @throws IllegalArgumentException with the end of a sentence if another community has the id
   */
  CommunityId community(CommunityId id, YamlLocation place) {
    YamlLocation first = communities.putIfAbsent(id, place);
    if (first != null) {
      throw Parsers.wrong(
          id.value(),
          "%s is the same community; give each its own id, or remove one of the files."
              .formatted(first));
    }
    return id;
  }

  /**
   * @throws IllegalArgumentException with the end of a sentence if another community has it
   */
  GatewayId gateway(GatewayId id, YamlLocation place) {
    YamlLocation first = gateways.putIfAbsent(id, place);
    if (first != null) {
      throw Parsers.wrong(
          id.value(),
          "%s has it too; a gateway is in one community, so remove it there or give it another id."
              .formatted(first));
    }
    return id;
  }
}
