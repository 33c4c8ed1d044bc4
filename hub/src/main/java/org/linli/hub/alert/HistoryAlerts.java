package org.linli.hub.alert;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import org.linli.event.EventType;
import org.linli.event.GatewayId;
import org.linli.hub.alert.TimelineEntry.What;
import org.linli.hub.alert.watch.AlertKey;
import org.linli.hub.journal.HistoryMoves;
import org.linli.hub.journal.HistoryShortened;
import org.linli.hub.journal.HistoryStands;
import org.linli.hub.journal.TooManyNames;
import org.linli.hub.people.Actor;
import org.linli.hub.people.Author;
import org.linli.hub.registry.BilingualName;
import org.linli.rules.Severity;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Opens alerts about the history, major, each in a transaction of its own; at most one of each type
 * is unresolved. The alert about a standstill resolves itself when the history makes progress
 * again.
 */
@Component
class HistoryAlerts {

  private static final EventType TOO_MANY_NAMES = new EventType("gateway.too-many-names");
  private static final EventType STANDING = new EventType("hub.history-standing");

  private static final EventType SHORTENED = new EventType("hub.history-shortened");

  /** Takes the place of a gateway's id if the alert is about the hub itself. */
  private static final GatewayId HUB = new GatewayId(AlertSource.HUB);

  private final AlertBoard board;
  private final AlertIds ids;
  private final AlertTitles titles;
  private final AlertWriter writer;
  private final TransactionTemplate transaction;

  HistoryAlerts(
      AlertBoard board,
      AlertIds ids,
      AlertTitles titles,
      AlertWriter writer,
      TransactionTemplate transaction) {
    this.board = board;
    this.ids = ids;
    this.titles = titles;
    this.writer = writer;
    this.transaction = transaction;
  }

  @EventListener
  void named(TooManyNames found) {
    open(
        titles.source(found.gateway()),
        found.gateway(),
        TOO_MANY_NAMES,
        new BilingualName(
            "首个设备 %s".formatted(found.device()), "first of %s".formatted(found.device())),
        "The gateway sends more names of devices, types or values than the history keeps by name. Its events are kept whole and are found; values with further names make no series. See whether %s invents names, and who may send to the gateway."
            .formatted(found.device()),
        new Particulars(),
        found.at());
  }

  @EventListener
  void stands(HistoryStands found) {
    open(
        new AlertSource.OfHub(),
        HUB,
        STANDING,
        new BilingualName(
            "%,d 条事件等待写入".formatted(found.waiting()), "%,d events wait".formatted(found.waiting())),
        "The history has stood still for a minute: %s Alerts open all the same, and what comes waits in the hub's records."
            .formatted(found.why().sentence()),
        new Particulars().with(found.why().cause().wireName(), found.why().about()),
        found.at());
  }

  @EventListener
  void shortened(HistoryShortened found) {
    String from =
        found.wholeFrom() == null
            ? ""
            : found.wholeFrom().atOffset(ZoneOffset.UTC).toLocalDate() + " UTC";
    open(
        new AlertSource.OfHub(),
        HUB,
        SHORTENED,
        found.wholeFrom() == null
            ? new BilingualName(
                "已提前删除 %,d 条事件".formatted(found.events()),
                "%,d events dropped early".formatted(found.events()))
            : new BilingualName("%s 之前不完整".formatted(from), "not whole before %s".formatted(from)),
        "The history takes more of the disk than it may (%,d MB, linli.history.limit), so its oldest %,d events were dropped before linli.history.age. It goes on dropping the oldest. See whether a gateway or a device sends without end, which pushes out what others sent; otherwise give the history more room."
            .formatted(found.limit() / 1_000_000, found.events()),
        new Particulars()
            .with("dropped-events", found.events())
            .with("limit-mb", found.limit() / 1_000_000),
        found.at());
  }

  @EventListener
  void moves(HistoryMoves found) {
    transaction.executeWithoutResult(
        _ -> {
          board.begin();
          Alert there = board.unresolved(new AlertSource.OfHub().alertKey(STANDING.value()));
          if (there != null) {
            board.change(
                there,
                there.resolvedBy(
                    new TimelineEntry(
                        found.at(),
                        Author.of(Actor.HUB),
                        What.RESOLVED,
                        Channel.HUB,
                        "The history goes on.",
                        null,
                        null)));
            writer.write(Set.of());
          }
        });
  }

  private void open(
      AlertSource source,
      GatewayId about,
      EventType type,
      BilingualName detail,
      String text,
      Particulars particulars,
      Instant at) {
    transaction.executeWithoutResult(
        _ -> {
          board.begin();
          AlertKey alertKey = source.alertKey(type.value());
          if (board.unresolved(alertKey) == null) {
            AlertCause cause =
                new AlertCause(
                    alertKey.key(),
                    source,
                    type,
                    about,
                    null,
                    Severity.MAJOR,
                    titles.title(type, source, detail),
                    "~%s~%s~%d".formatted(about, type, at.toEpochMilli()),
                    at,
                    particulars.values());
            board.add(Alert.open(ids.next(), cause, at, Actor.HUB, text));
            writer.write(Set.of(alertKey));
          }
        });
  }
}
