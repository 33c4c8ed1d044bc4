package org.linli.hub.gateway.entrance;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linli.event.GatewayId;
import org.linli.event.UplinkProperties;
import org.springframework.stereotype.Component;

/**
 * Detects two agents under one identity. An agent that comes back after another one was connected
 * must have been running all the while. An agent that was restarted has a new name, so it does not
 * count. The newest {@value #REMEMBERED} agents of each gateway are remembered until the hub stops.
 */
@Component
class Instances {

  private static final int REMEMBERED = 8;

  private final Map<GatewayId, List<String>> newestLast = new HashMap<>();

  /**
   * Notes which agent came online.
   *
   * @param instance null for an agent that gives itself no name, which cannot be recognised
   * @return the agent that was connected in between; null if this agent is new or was also the last
   *     one
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
