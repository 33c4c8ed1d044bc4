package org.linli.hub.organisation;

import java.util.List;
import org.linli.event.CommunityId;
import org.linli.hub.registry.BilingualName;

/** A sub-district (街道) of a city, with its communities. */
public record SubDistrict(
    String id, String city, BilingualName name, List<CommunityId> communities) {

  public SubDistrict {
    communities = List.copyOf(communities);
  }

  public NodeId node() {
    return new NodeId(Level.SUB_DISTRICT, id);
  }
}
