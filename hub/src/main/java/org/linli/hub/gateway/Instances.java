package org.linli.hub.gateway;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linli.event.GatewayId;
import org.linli.event.UplinkProperties;
import org.springframework.stereotype.Component;

/**
 * Recognises two agents under one identity: one that comes back after another was there must have
 * run all the while. An agent that was started anew has another name and is none of these. The
 * newest {@value #REMEMBERED} of each gateway are remembered, until the hub stops.
 */
@Component
class Instances {

  private static final int REMEMBERED = 8;

  private final Map<GatewayId, List<String>> newestLast = new HashMap<>();

  /**
   * Notes who came online.
   *
   * @param instance null for an agent that gives itself no name, which cannot be recognised
   * @return who was there in between; null where this agent is new or was the last one here too
   */
  synchronized @Nullable String cameBackAfter(GatewayId gateway, @Nullable String instance) {
    if (instance == null || instance.length() > UplinkProperties.MAX_INSTANCE) {
      return null;
    }
    List<String> known = newestLast.computeIfAbsent(gateway, first -> new ArrayList<>());
    String last = known.isEmpty() ? null : known.getLast();
    boolean cameBack = known.remove(instance);
    known.add(instance);
    if (known.size() > REMEMBERED) {
      known.removeFirst();
    }
    return cameBack && !instance.equals(last) ? last : null;
  }
}
