package org.linli.hub.alert;

import java.time.Instant;
import java.util.Set;
import org.linli.event.EventType;
import org.linli.event.GatewayId;
import org.linli.event.Severity;
import org.linli.hub.gateway.IdentityShared;
import org.linli.hub.intake.BatchContradicted;
import org.linli.hub.intake.CountsDiffer;
import org.linli.hub.people.Actor;
import org.linli.hub.registry.BilingualName;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Opens alerts about the system itself, in the transaction, where there is one, in which something
 * about a gateway was noticed: ITU-T X.733's processing error alarms, major. Of each gateway and
 * sort at most one is unresolved; noticed again it is counted. Only a person closes them, because
 * nothing that comes later explains what was noticed.
 */
@Component
class GatewayAlerts {

  private static final EventType COUNTS_DIFFER = new EventType("gateway.counts-differ");
  private static final EventType IDENTITY_SHARED = new EventType("gateway.identity-shared");
  private static final EventType HISTORY_DIFFERS = new EventType("gateway.history-differs");

  private final AlertBoard board;
  private final AlertIds ids;
  private final AlertTitles titles;
  private final Settling settling;
  private final TransactionTemplate transaction;

  GatewayAlerts(
      AlertBoard board,
      AlertIds ids,
      AlertTitles titles,
      Settling settling,
      TransactionTemplate transaction) {
    this.board = board;
    this.ids = ids;
    this.titles = titles;
    this.settling = settling;
    this.transaction = transaction;
  }

  /** What was noticed of which gateway. */
  private record Finding(
      GatewayId gateway, EventType type, String place, Instant at, BilingualName in, String text) {}

  @EventListener
  void differ(CountsDiffer found) {
    String place = place(found.gateway(), found.epoch(), found.lane().wireName(), found.sequence());
    raise(
        new Finding(
            found.gateway(),
            COUNTS_DIFFER,
            place,
            found.at(),
            new BilingualName(
                "网关 %,d，平台 %,d".formatted(found.gatewayTaken(), found.hubTaken()),
                "gateway %,d, hub %,d".formatted(found.gatewayTaken(), found.hubTaken())),
            "At sequence %d of the %s lane, epoch %d, the gateway has taken %d events by its own count and %d by the hub's."
                .formatted(
                    found.sequence(),
                    found.lane(),
                    found.epoch(),
                    found.gatewayTaken(),
                    found.hubTaken())));
  }

  @EventListener
  void contradicted(BatchContradicted found) {
    String place = place(found.gateway(), found.epoch(), found.lane().wireName(), found.sequence());
    raise(
        new Finding(
            found.gateway(),
            HISTORY_DIFFERS,
            place,
            found.at(),
            new BilingualName(
                "%s，序号 %d".formatted(found.lane(), found.sequence()),
                "%s lane, sequence %d".formatted(found.lane(), found.sequence())),
            "At sequence %d of the %s lane, epoch %d, the gateway tells another history than the one that was applied: a restored disk, or two gateways under one identity."
                .formatted(found.sequence(), found.lane(), found.epoch())));
  }

  @EventListener
  void shared(IdentityShared found) {
    Finding finding =
        new Finding(
            found.gateway(),
            IDENTITY_SHARED,
            "~" + found.gateway() + "~" + found.instance(),
            found.at(),
            new BilingualName("两个程序交替连接", "they take turns"),
            "The agent %s is back after another, %s, had been connected under the same identity: both run. Give one of them another LINLI_GATEWAY_ID."
                .formatted(found.instance(), found.other()));
    transaction.executeWithoutResult(_ -> raise(finding));
  }

  /** Such as an event's derived id, and like it the id of nothing else. */
  private static String place(GatewayId gateway, long epoch, String lane, long sequence) {
    return "~" + gateway + "~" + epoch + "~" + lane + "~" + sequence;
  }

  private void raise(Finding found) {
    board.begin();
    Slot slot = new Slot(found.gateway().value(), found.type().value());
    Alert there = board.unresolved(slot);
    if (there != null) {
      board.change(there, there.seenAgain(found.at()));
      settling.settle(Set.of());
    } else {
      board.add(open(found, slot));
      settling.settle(Set.of(slot));
    }
  }

  private Alert open(Finding found, Slot slot) {
    return Alert.open(
        ids.next(),
        new AlertCause(
            slot.key(),
            new AlertSource.OfGateway(found.gateway()),
            found.type(),
            found.gateway(),
            null,
            Severity.MAJOR,
            titles.title(found.type(), found.gateway(), found.in()),
            found.place(),
            found.at()),
        found.at(),
        Actor.HUB,
        found.text());
  }
}
