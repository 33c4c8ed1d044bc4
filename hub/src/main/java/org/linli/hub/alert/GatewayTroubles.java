package org.linli.hub.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linli.event.EventType;
import org.linli.event.GatewayId;
import org.linli.hub.alert.TimelineEntry.What;
import org.linli.hub.alert.watch.AlertKey;
import org.linli.hub.liveness.GatewayAway;
import org.linli.hub.liveness.GatewayClockJudged;
import org.linli.hub.liveness.GatewayStatusChanged;
import org.linli.hub.people.Actor;
import org.linli.hub.people.Author;
import org.linli.hub.registry.BilingualName;
import org.linli.rules.Severity;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Opens alerts about a gateway that is in trouble and resolves them when it is well again: ITU-T
 * X.733's communications alarms, major. At most one alert of each type is unresolved per gateway,
 * and an existing one is not counted again. If a person resolves it earlier, no new one opens until
 * the gateway was well in between or the hub was restarted. Used in the caller's transaction.
 */
@Component
class GatewayTroubles {

  private static final EventType OFFLINE = new EventType("gateway.offline");
  private static final EventType CLOCK_OFF = new EventType("gateway.clock-off");

  private final AlertBoard board;
  private final AlertIds ids;
  private final AlertTitles titles;
  private final AlertWriter writer;

  GatewayTroubles(AlertBoard board, AlertIds ids, AlertTitles titles, AlertWriter writer) {
    this.board = board;
    this.ids = ids;
    this.titles = titles;
    this.writer = writer;
  }

  @EventListener
  void away(GatewayAway found) {
    Instant heard = found.lastHeardAt();
    open(
        found.gateway(),
        OFFLINE,
        new BilingualName(
            "超过 %s".formatted(DurationText.chinese(found.longerThan())),
            "for more than %s".formatted(DurationText.english(found.longerThan()))),
        heard == null
            ? "The gateway is not connected, and sent nothing since the hub was started."
            : "The gateway is not connected; its last events came at %s."
                .formatted(titles.clock(found.gateway(), heard)),
        heard == null ? new Particulars() : new Particulars().with("last-heard-at", heard),
        found.at());
  }

  @EventListener
  void changed(GatewayStatusChanged change) {
    Instant since = change.status().since();
    if (change.status().connected() && since != null) {
      close(change.status().gateway(), OFFLINE, "The gateway is connected again.", since);
    }
  }

  @EventListener
  void judged(GatewayClockJudged found) {
    if (found.isOff()) {
      BilingualName how = how(found.ahead());
      open(
          found.gateway(),
          CLOCK_OFF,
          how,
          "Compared with the hub's the gateway's clock is off (%s), and so are the times of its events."
              .formatted(how.en()),
          new Particulars(),
          found.at());
    } else {
      close(found.gateway(), CLOCK_OFF, "The gateway's clock is right again.", found.at());
    }
  }

  private static BilingualName how(@Nullable Duration ahead) {
    if (ahead == null) {
      return new BilingualName("超出公元 1 至 9999 年", "outside the years 1 to 9999");
    }
    Duration far = ahead.abs();
    return ahead.isNegative()
        ? new BilingualName("慢 " + DurationText.chinese(far), DurationText.english(far) + " behind")
        : new BilingualName("快 " + DurationText.chinese(far), DurationText.english(far) + " ahead");
  }

  private void open(
      GatewayId gateway,
      EventType type,
      BilingualName detail,
      String text,
      Particulars particulars,
      Instant at) {
    open(
        gateway,
        type,
        Severity.MAJOR,
        detail,
        text,
        particulars,
        "~%s~%s~%d".formatted(gateway, type, at.toEpochMilli()),
        at);
  }

  /**
   * Opens an alert unless one of this gateway and type is unresolved.
   *
   * @param place id of the detection: the {@code event} of the cause of the alert
   */
  void open(
      GatewayId gateway,
      EventType type,
      Severity severity,
      BilingualName detail,
      String text,
      Particulars particulars,
      String place,
      Instant at) {
    board.begin();
    AlertSource source = titles.source(gateway);
    AlertKey alertKey = source.alertKey(type.value());
    if (board.unresolved(alertKey) == null) {
      board.add(
          Alert.open(
              ids.next(),
              new AlertCause(
                  alertKey.key(),
                  source,
                  type,
                  gateway,
                  null,
                  severity,
                  titles.title(type, source, detail),
                  place,
                  at,
                  particulars.values()),
              at,
              Actor.HUB,
              text));
      writer.write(Set.of(alertKey));
    }
  }

  /** Resolves the alert, if there is one. */
  void close(GatewayId gateway, EventType type, String text, Instant at) {
    board.begin();
    Alert there = board.unresolved(titles.source(gateway).alertKey(type.value()));
    if (there != null) {
      board.change(
          there,
          there.resolvedBy(
              new TimelineEntry(
                  at, Author.of(Actor.HUB), What.RESOLVED, Channel.HUB, text, null, null)));
      writer.write(Set.of());
    }
  }
}
