package org.linli.hub.liveness;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.linli.event.GatewayId;
import org.linli.hub.change.ChangeRecorder;
import org.linli.hub.records.OneByOne;
import org.linli.hub.registry.Registry;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.support.TransactionTemplate;

/** Publishes what changed of gateways. For one thread. */
final class GatewayTelling {

  private final Registry registry;
  private final GatewayConnections connections;
  private final TransactionTemplate transaction;
  private final ChangeRecorder changes;
  private final ApplicationEventPublisher events;
  private final OneByOne<GatewayId> telling;

  GatewayTelling(
      Registry registry,
      GatewayConnections connections,
      TransactionTemplate transaction,
      ChangeRecorder changes,
      ApplicationEventPublisher events,
      OneByOne<GatewayId> telling) {
    this.registry = registry;
    this.connections = connections;
    this.transaction = transaction;
    this.changes = changes;
    this.events = events;
    this.telling = telling;
  }

  void tell() {
    Map<GatewayId, GatewayStatus> gateways = new LinkedHashMap<>();
    connections.untold().forEach(gateway -> gateways.put(gateway.gateway(), gateway));
    telling.together(gateways.keySet(), ids -> tellOf(ids.stream().map(gateways::get).toList()));
  }

  private void tellOf(List<GatewayStatus> gateways) {
    transaction.executeWithoutResult(
        _ -> {
          for (GatewayStatus gateway : gateways) {
            changes.record(
                GatewayStatus.CHANGES,
                registry.communityOf(gateway.gateway()).orElse(null),
                gateway.gateway().value());
            events.publishEvent(new GatewayStatusChanged(gateway));
          }
        });
    connections.toldOf(gateways);
  }
}
