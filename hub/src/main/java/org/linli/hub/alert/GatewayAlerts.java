package org.linli.hub.alert;

import java.time.Instant;
import java.util.Set;
import org.linli.event.DeviceId;
import org.linli.event.EventType;
import org.linli.event.GatewayId;
import org.linli.event.Lane;
import org.linli.event.UplinkProperties;
import org.linli.hub.alert.watch.AlertKey;
import org.linli.hub.gateway.GatewayThreadFailed;
import org.linli.hub.intake.BatchContradicted;
import org.linli.hub.intake.CountsDiffer;
import org.linli.hub.intake.DevicesForgotten;
import org.linli.hub.intake.ParticipantFailed;
import org.linli.hub.people.Actor;
import org.linli.hub.records.ClockJumped;
import org.linli.hub.registry.BilingualName;
import org.linli.program.thread.Failure;
import org.linli.rules.Severity;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Opens alerts about the system itself: ITU-T X.733's processing error alarms, major. If the
 * problem was detected in a transaction, the alert opens in it. At most one alert of each type is
 * unresolved per gateway (and, if participants fail with its events, one per participant); a
 * repetition is counted. Only a person resolves them, because nothing that comes later explains
 * what was detected.
 */
@Component
class GatewayAlerts {

  private static final EventType COUNTS_DIFFER = new EventType("gateway.counts-differ");
  private static final EventType IDENTITY_SHARED = new EventType("gateway.identity-shared");
  private static final EventType HISTORY_DIFFERS = new EventType("gateway.history-differs");
  private static final EventType TOO_MANY_DEVICES = new EventType("gateway.too-many-devices");
  private static final EventType PARTICIPANT_FAILED = new EventType("gateway.participant-failed");

  private static final EventType HUB_FAILED = new EventType("hub.thread-failed");
  private static final EventType CLOCK_JUMPED = new EventType("hub.clock-jumped");
  private static final EventType WORK_FAILED = new EventType("gateway.work-failed");
  private static final EventType THREAD_FAILED = new EventType("gateway.thread-failed");
  private static final EventType DEVICES_FORGOTTEN = new EventType("gateway.devices-forgotten");

  /** How many threads of one gateway have an unresolved alert each; the others share one. */
  static final int MOST_THREADS = 16;

  private static final String OTHER_THREADS = "other";

  /** Takes the place of a gateway's id if the alert is about the hub itself. */
  private static final GatewayId HUB = new GatewayId(AlertSource.HUB);

  private final AlertBoard board;
  private final AlertIds ids;
  private final AlertTitles titles;
  private final AlertWriter writer;
  private final TransactionTemplate transaction;

  GatewayAlerts(
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

  /** What was detected about which gateway. */
  private record Detected(
      GatewayId gateway,
      EventType type,
      String place,
      Instant at,
      BilingualName in,
      String text,
      Particulars particulars) {

    boolean isOfHub() {
      return type.equals(HUB_FAILED) || type.equals(CLOCK_JUMPED);
    }
  }

  /**
   * Where something failed.
   *
   * @param event the event with which it failed
   */
  record Where(GatewayId gateway, String event, Instant at) {}

  @EventListener
  void differ(CountsDiffer found) {
    String place = place(found.gateway(), found.epoch(), found.lane().wireName(), found.sequence());
    raise(
        new Detected(
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
                    found.hubTaken()),
            new Particulars()
                .with("lane", found.lane().wireName())
                .with("sequence", found.sequence())
                .with("epoch", found.epoch())));
  }

  @EventListener
  void contradicted(BatchContradicted found) {
    String place = place(found.gateway(), found.epoch(), found.lane().wireName(), found.sequence());
    raise(
        new Detected(
            found.gateway(),
            HISTORY_DIFFERS,
            place,
            found.at(),
            new BilingualName(
                "%s事件，序号 %d".formatted(chinese(found.lane()), found.sequence()),
                "%s lane, sequence %d".formatted(found.lane(), found.sequence())),
            "At sequence %d of the %s lane, epoch %d, the gateway tells another history than the one that was applied: a restored disk, or two gateways under one identity."
                .formatted(found.sequence(), found.lane(), found.epoch()),
            new Particulars().with("epoch", found.epoch())));
  }

  /**
   * Opens an alert once: if the gateway goes on sending events of new devices, nothing is added.
   */
  @EventListener
  void forgotten(DevicesForgotten found) {
    board.begin();
    if (board.unresolved(titles.source(found.gateway()).alertKey(TOO_MANY_DEVICES.value()))
        == null) {
      raise(
          new Detected(
              found.gateway(),
              TOO_MANY_DEVICES,
              place(found.gateway(), found.epoch(), found.lane().wireName(), found.sequence()),
              found.at(),
              new BilingualName(
                  "未登记设备超过 %,d 个".formatted(found.devices()),
                  "more than %,d unregistered".formatted(found.devices())),
              "The gateway told of more than %d devices that nobody registered. Those heard first are forgotten: an event of such a device that comes late is not known for late. See which devices it hears, and who may send to it."
                  .formatted(found.devices()),
              new Particulars()));
    }
  }

  /** Reports that two programs use one identity, in the caller's transaction. */
  void shared(IdentityNotice found, long times) {
    raise(
        new Detected(
            found.gateway(),
            IDENTITY_SHARED,
            found.place(),
            found.at(),
            found.in(),
            found.text(),
            found.particulars()),
        "",
        times);
  }

  /** Opens an alert for each participant that fails with events of a gateway. */
  @EventListener
  void failed(ParticipantFailed found) {
    failed(
        found.participant(),
        found.device(),
        new Where(found.gateway(), found.event(), found.at()),
        "%s failed with %d events, first with %s of %s: %s. They are in the history, and dead letters with the reason participant-failed."
            .formatted(
                found.participant(), found.events(), found.event(), found.device(), found.cause()),
        new Particulars()
            .with("events", found.events())
            .with("first-event", found.event())
            .with("cause", found.cause()),
        found.events());
  }

  /**
   * Opens an alert, in the caller's transaction, about an alert that was due and could not be
   * opened.
   *
   * @param key the key of that alert
   * @param cause what was thrown, in one line
   */
  void notOpened(DeviceId device, String key, Where where, String cause) {
    failed(
        "alert-timers",
        device,
        where,
        "The alert %s of %s was due and could not be opened: %s. It is tried again."
            .formatted(key, device, cause),
        new Particulars().with("due-alert", key).with("cause", cause),
        1);
  }

  private void failed(
      String part, DeviceId device, Where where, String text, Particulars particulars, long times) {
    BilingualName name = titles.participant(part);
    raise(
        new Detected(
            where.gateway(),
            PARTICIPANT_FAILED,
            where.event(),
            where.at(),
            new BilingualName(
                "%s，首个设备 %s".formatted(name.zh(), device),
                "%s, first of %s".formatted(name.en(), device)),
            text,
            particulars),
        "/" + part,
        times);
  }

  /** Reports that one of the hub's own threads failed, in work for one gateway or for all. */
  void failed(Failure failure) {
    GatewayId gateway = failure.about() == null ? HUB : new GatewayId(failure.about());
    Detected finding =
        new Detected(
            gateway,
            failure.about() == null ? HUB_FAILED : WORK_FAILED,
            place(failure),
            failure.at(),
            new BilingualName(failure.thread(), failure.thread()),
            "The hub's thread %s failed and goes on: %s. The hub's log says where; if it does not end, this is a defect of Linli to be reported."
                .formatted(failure.thread(), failure.cause()),
            new Particulars().with("cause", failure.cause()));
    // A gateway's work has one thread; each other thread has an alert of its own.
    String part = failure.about() == null ? "/" + failure.thread() : "";
    transaction.executeWithoutResult(_ -> raise(finding, part, 1));
  }

  @EventListener
  void jumped(ClockJumped jump) {
    String expected = titles.clock(jump.expected());
    Detected finding =
        new Detected(
            HUB,
            CLOCK_JUMPED,
            "~hub~clock~" + jump.shows().toEpochMilli(),
            jump.shows(),
            new BilingualName("应为 %s".formatted(expected), "it should be %s".formatted(expected)),
            "The hub's clock shows %s where %s was expected. Nothing that is kept became older by that; times of events and alerts around it may be wrong. See that the machine's time is synchronised."
                .formatted(titles.clock(jump.shows()), expected),
            new Particulars().with("shows-at", jump.shows()).with("expected-at", jump.expected()));
    transaction.executeWithoutResult(_ -> raise(finding));
  }

  @EventListener
  void failed(GatewayThreadFailed found) {
    boolean forgets = found.thread().equals(UplinkProperties.DEVICES_FORGOTTEN);
    Detected finding = forgets ? forgotten(found) : threadFailed(found);
    transaction.executeWithoutResult(
        _ -> {
          // The gateway reports a failure for a while, and also to a hub that was restarted.
          if (!board.isKnown(finding.place())) {
            raise(finding, forgets ? "" : "/" + threadOf(found), 1);
          }
        });
  }

  /** The gateway chooses the names of its threads, so they cannot be trusted. */
  private String threadOf(GatewayThreadFailed found) {
    board.begin();
    AlertSource gateway = titles.source(found.gateway());
    String keys = THREAD_FAILED.value() + "/";
    boolean hasRoom =
        board.unresolved(gateway.alertKey(keys + found.thread())) != null
            || board.countUnresolved(gateway, keys) < MOST_THREADS;
    return hasRoom ? found.thread() : OTHER_THREADS;
  }

  private static Detected forgotten(GatewayThreadFailed found) {
    return new Detected(
        found.gateway(),
        DEVICES_FORGOTTEN,
        "~" + found.gateway() + "~" + found.thread() + "~" + found.at().toEpochMilli(),
        found.heardAt(),
        new BilingualName("未登记设备过多", "too many unregistered devices"),
        "More devices speak to the gateway than it remembers, and it forgets those that nobody"
            + " registered and that were silent longest. Perhaps somebody invents names: see who"
            + " speaks on the gateway's page. Register your own devices; they are never"
            + " forgotten.",
        new Particulars());
  }

  private static Detected threadFailed(GatewayThreadFailed found) {
    return new Detected(
        found.gateway(),
        THREAD_FAILED,
        "~" + found.gateway() + "~" + found.thread() + "~" + found.at().toEpochMilli(),
        found.heardAt(),
        new BilingualName(found.thread(), found.thread()),
        "The gateway's thread %s failed and goes on: %s The gateway's own page and its log say more. If a file or a disk is named, mend that first; if it does not end, report it as a defect of Linli."
            .formatted(found.thread(), sentence(found.cause())),
        new Particulars().with("cause", found.cause()));
  }

  private static String sentence(String text) {
    return text.endsWith("…") || text.endsWith(".") ? text : text + ".";
  }

  private static String chinese(Lane lane) {
    return switch (lane) {
      case URGENT -> "紧急";
      case BULK -> "普通";
    };
  }

  private static String place(Failure failure) {
    return "~hub~" + failure.thread() + "~" + failure.at().toEpochMilli();
  }

  /** An id in the form of an event's derived id, and unique like it. */
  private static String place(GatewayId gateway, long epoch, String lane, long sequence) {
    return "~" + gateway + "~" + epoch + "~" + lane + "~" + sequence;
  }

  private void raise(Detected found) {
    raise(found, "", 1);
  }

  /**
   * @param part appended to the type to distinguish it from others of its type
   * @param times how often it was detected
   */
  private void raise(Detected found, String part, long times) {
    board.begin();
    AlertSource source = found.isOfHub() ? new AlertSource.OfHub() : titles.source(found.gateway());
    AlertKey alertKey = source.alertKey(found.type().value() + part);
    Alert there = board.unresolved(alertKey);
    if (there != null) {
      board.change(there, there.seenAgain(found.at(), times));
      writer.write(Set.of());
    } else {
      board.add(open(found, source, alertKey).seenAgain(found.at(), times - 1));
      writer.write(Set.of(alertKey));
    }
  }

  private Alert open(Detected found, AlertSource source, AlertKey alertKey) {
    return Alert.open(
        ids.next(),
        new AlertCause(
            alertKey.key(),
            source,
            found.type(),
            found.gateway(),
            null,
            Severity.MAJOR,
            titles.title(found.type(), source, found.in()),
            found.place(),
            found.at(),
            found.particulars().values()),
        found.at(),
        Actor.HUB,
        found.text());
  }
}
