package org.linli.hub.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linli.event.EventType;
import org.linli.event.GatewayId;
import org.linli.event.GatewayTrouble;
import org.linli.event.Severity;
import org.linli.hub.alert.TimelineEntry.What;
import org.linli.hub.gateway.GatewayTroublesRead;
import org.linli.hub.liveness.GatewayAway;
import org.linli.hub.liveness.GatewayClockJudged;
import org.linli.hub.liveness.GatewayStatusChanged;
import org.linli.hub.people.Actor;
import org.linli.hub.people.Author;
import org.linli.hub.registry.BilingualName;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Opens alerts about a gateway that is in trouble and closes them when it is well again: ITU-T
 * X.733's communications alarms, major. Of each gateway and sort at most one is unresolved; one
 * that is there already is not counted again. Where a person closes it before, there is none until
 * the gateway was well in between, or the hub was started anew. In the caller's transaction.
 *
 * <p>So too what a gateway says of itself: processing error alarms, critical where it takes nothing
 * and minor where only clients that publish nothing have to go, in a transaction of their own. One
 * that a person closed stays closed also over a start of the hub.
 */
@Component
class GatewayTroubles {

  private static final EventType OFFLINE = new EventType("gateway.offline");
  private static final EventType CLOCK_OFF = new EventType("gateway.clock-off");

  private final AlertBoard board;
  private final AlertIds ids;
  private final AlertTitles titles;
  private final Settling settling;
  private final TransactionTemplate transaction;

  GatewayTroubles(
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

  /** Opens what came to be wrong, once for each such time, and closes what is well again. */
  @EventListener
  void told(GatewayTroublesRead found) {
    transaction.executeWithoutResult(
        _ -> {
          for (GatewayTrouble trouble : GatewayTrouble.values()) {
            tell(found, trouble, found.troubles().get(trouble));
          }
        });
  }

  private void tell(GatewayTroublesRead found, GatewayTrouble trouble, @Nullable Instant since) {
    EventType type = new EventType("gateway." + trouble.wireName());
    if (since == null) {
      close(found.gateway(), type, isOver(trouble), found.heardAt());
      return;
    }
    String place = "~%s~%s~%d".formatted(found.gateway(), type, since.toEpochMilli());
    Map<GatewayTrouble, Instant> before = found.before();
    boolean begins = before == null ? !board.isKnown(place) : !before.containsKey(trouble);
    if (begins) {
      open(
          found.gateway(),
          type,
          severity(trouble),
          detail(trouble),
          text(trouble),
          new Particulars().with("since-at", since),
          place,
          found.heardAt());
    }
  }

  private static Severity severity(GatewayTrouble trouble) {
    return switch (trouble) {
      case TAKES_NOTHING -> Severity.CRITICAL;
      case DISK_FULL -> Severity.MAJOR;
      case PLACES_TAKEN -> Severity.MINOR;
    };
  }

  private static BilingualName detail(GatewayTrouble trouble) {
    return switch (trouble) {
      case TAKES_NOTHING -> new BilingualName("设备上报被拒", "devices are sent away");
      case DISK_FULL -> new BilingualName("没有预留空间", "no reserve is left");
      case PLACES_TAKEN -> new BilingualName("新连接挤掉旧连接", "newcomers put others out");
    };
  }

  private static String text(GatewayTrouble trouble) {
    return switch (trouble) {
      case TAKES_NOTHING ->
          "The gateway takes nothing: it answers each device that nothing was kept. Devices that"
              + " keep their events send them again; what others report is lost. The gateway's own"
              + " page says why.";
      case DISK_FULL ->
          "The gateway's disk is so full that its outbox has no reserve. It still takes what"
              + " devices report, and gives up the oldest events for it. Soon it may take nothing.";
      case PLACES_TAKEN ->
          "All places for MQTT at the gateway were taken: for newcomers it put out clients that had"
              + " published nothing for the longest, or turned newcomers away.";
    };
  }

  private static String isOver(GatewayTrouble trouble) {
    return switch (trouble) {
      case TAKES_NOTHING -> "The gateway takes what devices report again.";
      case DISK_FULL -> "The gateway's disk has room again.";
      case PLACES_TAKEN -> "The gateway has had places for MQTT for ten minutes.";
    };
  }

  @EventListener
  void away(GatewayAway found) {
    Instant heard = found.lastHeardAt();
    open(
        found.gateway(),
        OFFLINE,
        new BilingualName(
            "超过 %s".formatted(Spoken.chinese(found.longerThan())),
            "for more than %s".formatted(Spoken.english(found.longerThan()))),
        heard == null
            ? "The gateway is not connected, and sent nothing since the hub was started."
            : "The gateway is not connected; its last events came at %s."
                .formatted(titles.clock(heard)),
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
        ? new BilingualName("慢 " + Spoken.chinese(far), Spoken.english(far) + " behind")
        : new BilingualName("快 " + Spoken.chinese(far), Spoken.english(far) + " ahead");
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

  private void open(
      GatewayId gateway,
      EventType type,
      Severity severity,
      BilingualName detail,
      String text,
      Particulars particulars,
      String place,
      Instant at) {
    board.begin();
    AlertSource source = new AlertSource.OfGateway(gateway);
    Slot slot = new Slot(gateway.value(), type.value());
    if (board.unresolved(slot) == null) {
      board.add(
          Alert.open(
              ids.next(),
              new AlertCause(
                  slot.key(),
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
      settling.settle(Set.of(slot));
    }
  }

  private void close(GatewayId gateway, EventType type, String text, Instant at) {
    board.begin();
    Alert there = board.unresolved(new Slot(gateway.value(), type.value()));
    if (there != null) {
      board.change(
          there,
          there.resolvedBy(
              new TimelineEntry(
                  at, Author.of(Actor.HUB), What.RESOLVED, Channel.HUB, text, null, null)));
      settling.settle(Set.of());
    }
  }
}
