package org.linli.hub.alert;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.linli.event.EventType;
import org.linli.event.GatewayId;
import org.linli.event.GatewayTrouble;
import org.linli.hub.alert.watch.AlertKey;
import org.linli.hub.gateway.GatewayTroublesRead;
import org.linli.hub.records.Availability;
import org.linli.hub.records.OneByOne;
import org.linli.hub.registry.BilingualName;
import org.linli.program.log.RateLimitedLog;
import org.linli.program.thread.LivingThreads;
import org.linli.program.thread.Ticker;
import org.linli.rules.Severity;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Opens alerts about what a gateway reports to be wrong there, and resolves them when it no longer
 * reports it: ITU-T X.733's processing error alarms, critical if it accepts nothing or gives events
 * up, and minor if only clients that publish nothing are disconnected. There is one alert per
 * gateway and trouble each time that it begins. If a person resolves it, it stays resolved, also
 * when the hub restarts.
 *
 * <p>A report is only noted, so that no gateway's batches wait for the records. It is written on a
 * thread of its own within about a second. An alert that the records do not accept is retried by
 * itself and holds back no other: a gateway that accepts nothing has nothing more to send, so it
 * may not report the same again.
 */
@Component
class ReportedTroubles extends Ticker {

  /** How many are written in one transaction. */
  private static final int MOST_TOGETHER = 100;

  private static final Duration LOOKS_EVERY = Duration.ofSeconds(1);
  private static final RateLimitedLog limited =
      RateLimitedLog.of(LoggerFactory.getLogger(ReportedTroubles.class));

  private final GatewayTroubles alerts;
  private final AlertBoard board;
  private final AlertTitles titles;
  private final TransactionTemplate transaction;

  /** What is to be written. Bounded, because only gateways of the community file are heard. */
  private final Map<AlertKey, Report> reports = new LinkedHashMap<>();

  private final OneByOne<AlertKey> writing;

  /**
   * A trouble that began or ended.
   *
   * @param since when it began, by the gateway's clock; null if it ended
   * @param isFirst whether nothing was heard of the gateway's troubles since the hub started, so
   *     that this occurrence may already have an alert
   * @param at when the hub received the report
   */
  private record Report(
      GatewayId gateway,
      GatewayTrouble trouble,
      @Nullable Instant since,
      boolean isFirst,
      Instant at) {

    EventType type() {
      return new EventType("gateway." + trouble.wireName());
    }
  }

  ReportedTroubles(
      GatewayTroubles alerts,
      AlertBoard board,
      AlertTitles titles,
      TransactionTemplate transaction,
      LivingThreads threads,
      Clock clock) {
    super(threads, LivingThreads.Make.VIRTUAL, "trouble-alerts", LOOKS_EVERY);
    this.alerts = alerts;
    this.board = board;
    this.titles = titles;
    this.transaction = transaction;
    this.writing = new OneByOne<>(clock, ReportedTroubles::fails);
  }

  /** Notes what changed. It replaces an earlier note that is not written yet. */
  @EventListener
  void told(GatewayTroublesRead found) {
    Map<GatewayTrouble, Instant> before = found.before();
    synchronized (reports) {
      for (GatewayTrouble trouble : GatewayTrouble.values()) {
        Instant since = found.troubles().get(trouble);
        if (before == null || before.containsKey(trouble) != (since != null)) {
          Report one = new Report(found.gateway(), trouble, since, before == null, found.heardAt());
          reports.put(titles.source(found.gateway()).alertKey(one.type().value()), one);
        }
      }
    }
  }

  /** Writes what was noted. */
  @Override
  protected synchronized void look() {
    Map<AlertKey, Report> due;
    synchronized (reports) {
      due = new LinkedHashMap<>(reports);
    }
    try {
      writing.together(
          due.keySet(),
          MOST_TOGETHER,
          alertKeys -> write(alertKeys.stream().map(due::get).filter(Objects::nonNull).toList()));
    } catch (DataAccessException | TransactionException e) {
      if (Availability.explains(e)) {
        throw e;
      }
      limited
          .atError("troubles")
          .addKeyValue("alerts", due.size())
          .setCause(e)
          .log("Alerts about what is wrong at gateways could not be written; trying again");
    }
  }

  private void write(Collection<Report> due) {
    transaction.executeWithoutResult(_ -> due.forEach(this::write));
    synchronized (reports) {
      reports.values().removeAll(due);
    }
  }

  private void write(Report one) {
    Instant since = one.since();
    if (since == null) {
      alerts.close(one.gateway(), one.type(), isOver(one.trouble()), one.at());
      return;
    }
    String place = "~%s~%s~%d".formatted(one.gateway(), one.type(), since.toEpochMilli());
    if (!one.isFirst() || !board.isKnown(place)) {
      alerts.open(
          one.gateway(),
          one.type(),
          severity(one.trouble()),
          detail(one.trouble()),
          text(one.trouble())
              + " It began at %s by the gateway's clock."
                  .formatted(titles.clock(one.gateway(), since)),
          new Particulars().with("since-at", since),
          place,
          one.at());
    }
  }

  private static Severity severity(GatewayTrouble trouble) {
    return switch (trouble) {
      case TAKES_NOTHING -> Severity.CRITICAL;
      case GIVES_UP -> Severity.CRITICAL;
      case BROKER_AWAY, DISK_FULL -> Severity.MAJOR;
      case PLACES_TAKEN -> Severity.MINOR;
    };
  }

  private static BilingualName detail(GatewayTrouble trouble) {
    return switch (trouble) {
      case TAKES_NOTHING -> new BilingualName("设备上报被拒", "devices are sent away");
      case GIVES_UP -> new BilingualName("事件正在丢失", "events are lost");
      case BROKER_AWAY -> new BilingualName("收不到设备事件", "its devices are not heard");
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
      case GIVES_UP ->
          "The gateway gives up events that wait for the hub: there is no room for them within its"
              + " quota or on its disk, or they have waited for too long. What is given up is lost,"
              + " measurements first, oldest first. The gateway's own page says how many; the"
              + " console's list of gateways says how many it has declared, and of which devices.";
      case BROKER_AWAY ->
          "The gateway has not been attached to its broker for a minute, or the broker refuses it."
              + " It does not hear what devices publish there. The gateway's own page says why.";
      case DISK_FULL ->
          "The gateway's disk is so full that its outbox has no reserve. It still takes what"
              + " devices report; where room runs out it gives up the oldest events, and then takes"
              + " nothing.";
      case PLACES_TAKEN ->
          "All places for MQTT at the gateway were taken: for newcomers it put out clients that had"
              + " published nothing for the longest, or turned newcomers away.";
    };
  }

  private static String isOver(GatewayTrouble trouble) {
    return switch (trouble) {
      case TAKES_NOTHING -> "The gateway takes what devices report again.";
      case GIVES_UP -> "The gateway has given up nothing for ten minutes.";
      case BROKER_AWAY -> "The gateway is attached to its broker again.";
      case DISK_FULL -> "The gateway's disk has room again.";
      case PLACES_TAKEN -> "The gateway has had places for MQTT for ten minutes.";
    };
  }

  private static void fails(AlertKey alertKey, Throwable defect) {
    limited
        .atError("of " + alertKey)
        .addKeyValue("alert", alertKey)
        .setCause(defect)
        .log("An alert about what is wrong at a gateway could not be written; trying again");
  }
}
