package org.linli.hub.alert;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.linli.event.DeviceEvent;
import org.linli.event.GatewayId;
import org.linli.hub.alert.watch.UnregisteredKeys;
import org.linli.hub.journal.HubEvent;
import org.linli.rules.Severity;

/**
 * Collects the events of one commit that would open alerts for unregistered devices, or make them
 * due, when no room is left for them ({@link UnregisteredKeys}). Not safe for several threads.
 */
final class AlertFlood {

  /** How many devices are named for one gateway and severity. */
  static final int NAMED = 10;

  private final Map<Group, Gathered> groups = new LinkedHashMap<>();

  private record Group(GatewayId gateway, Severity severity) implements Comparable<Group> {

    /** Also keeps hash tables of these fast if names were chosen to have equal hash codes. */
    @Override
    public int compareTo(Group other) {
      int byGateway = gateway.compareTo(other.gateway);
      return byGateway != 0 ? byGateway : severity.compareTo(other.severity);
    }
  }

  private static final class Gathered {
    private final Set<String> named = new LinkedHashSet<>();
    private final HubEvent first;
    private long events;

    private Gathered(HubEvent first) {
      this.first = first;
    }
  }

  /**
   * The events of one gateway and severity.
   *
   * @param first id of the first event
   * @param at when the hub received it
   * @param events how many there were
   * @param named the first of their devices, each with its type of event, as {@code lift-1
   *     (passenger.trapped)}
   */
  record Wave(
      GatewayId gateway,
      Severity severity,
      String first,
      Instant at,
      long events,
      Set<String> named) {}

  void add(HubEvent event, Severity severity) {
    Gathered gathered =
        groups.computeIfAbsent(new Group(event.gateway(), severity), _ -> new Gathered(event));
    gathered.events++;
    if (gathered.named.size() < NAMED) {
      DeviceEvent reported = event.taken().event();
      gathered.named.add("%s (%s)".formatted(reported.device(), reported.type()));
    }
  }

  void each(Consumer<Wave> action) {
    groups.forEach(
        (group, gathered) ->
            action.accept(
                new Wave(
                    group.gateway(),
                    group.severity(),
                    gathered.first.id(),
                    gathered.first.receivedAt(),
                    gathered.events,
                    gathered.named)));
  }
}
