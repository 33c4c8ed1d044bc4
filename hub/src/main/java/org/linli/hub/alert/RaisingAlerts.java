package org.linli.hub.alert;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linli.event.DeviceEvent;
import org.linli.event.DeviceId;
import org.linli.event.GatewayId;
import org.linli.event.Values;
import org.linli.hub.alert.TimelineEntry.What;
import org.linli.hub.alert.watch.AlertKey;
import org.linli.hub.alert.watch.RuleBook;
import org.linli.hub.alert.watch.RuleBook.AlertRule;
import org.linli.hub.alert.watch.Watched;
import org.linli.hub.intake.BatchParticipant;
import org.linli.hub.journal.HubEvent;
import org.linli.hub.people.Actor;
import org.linli.hub.people.Author;
import org.linli.hub.records.FailureCause;
import org.linli.hub.records.OneByOne;
import org.linli.hub.registry.DeviceKey;
import org.linli.hub.registry.Grid;
import org.linli.hub.registry.Registry;
import org.linli.rules.Occurrence;
import org.linli.rules.Onset;
import org.linli.rules.Outcome;
import org.linli.rules.Position;
import org.linli.rules.RuleState;
import org.linli.rules.Step;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Opens, repeats and clears alerts by the default rules, in the transaction that applies the
 * events.
 *
 * <p>Unregistered devices open alerts like all others, but only a limited number at a time; {@link
 * FloodAlerts} sums up the rest.
 *
 * <p>Lateness is judged per device and key (delivery contract, point 3), not by {@link
 * HubEvent#late}. That flag is set on every bulk event that an urgent one of the same device has
 * overtaken on the way, and such an event may well be the first of its key.
 */
@Component
class RaisingAlerts implements BatchParticipant {

  private static final Logger log = LoggerFactory.getLogger(RaisingAlerts.class);

  private final RuleBook book;
  private final AlertBoard board;
  private final AlertIds ids;
  private final AlertTitles titles;
  private final Registry registry;
  private final AlertWriter writer;
  private final GatewayAlerts gateways;
  private final FloodAlerts floods;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final OneByOne<AlertKey> timers;

  RaisingAlerts(
      RuleBook book,
      AlertBoard board,
      AlertIds ids,
      AlertTitles titles,
      Registry registry,
      AlertWriter writer,
      GatewayAlerts gateways,
      FloodAlerts floods,
      TransactionTemplate transaction,
      Clock clock) {
    this.book = book;
    this.board = board;
    this.ids = ids;
    this.titles = titles;
    this.registry = registry;
    this.writer = writer;
    this.gateways = gateways;
    this.floods = floods;
    this.transaction = transaction;
    this.clock = clock;
    this.timers = new OneByOne<>(clock, this::tell);
  }

  @Override
  public String name() {
    return "alerts";
  }

  @Override
  public void apply(List<HubEvent> batch) {
    Set<AlertKey> opened = new LinkedHashSet<>();
    AlertFlood flood = new AlertFlood();
    boolean begun = false;
    for (HubEvent event : batch) {
      DeviceEvent reported = event.taken().event();
      for (AlertRule rule : book.concernedBy(reported.kind(), reported.type())) {
        if (!begun) {
          board.begin();
          begun = true;
        }
        see(rule, event, opened, flood);
      }
    }
    if (begun) {
      writer.write(opened);
      flood.each(floods::raise);
    }
  }

  /**
   * Opens alerts that have become due; makes no query if none has. An alert that cannot be opened
   * does not hold up others, and is tried again.
   */
  void openDue() {
    Instant now = clock.instant();
    if (!now.isBefore(board.nextDue())) {
      timers.together(
          Objects.requireNonNull(transaction.execute(_ -> due(now))),
          due -> transaction.executeWithoutResult(_ -> openDue(due, now)));
    }
  }

  private List<AlertKey> due(Instant now) {
    board.begin();
    List<AlertKey> due = board.due(now);
    if (due.isEmpty()) {
      board.lookAhead();
    }
    return due;
  }

  private void openDue(List<AlertKey> due, Instant now) {
    board.begin();
    Set<AlertKey> opened = new LinkedHashSet<>();
    for (AlertKey alertKey : due) {
      Watched before = board.watched(alertKey);
      if (before != null) {
        book.find(before.kind(), alertKey.key())
            .ifPresent(rule -> passTime(rule, alertKey, before, now, opened));
      }
    }
    writer.write(opened);
    board.lookAhead();
  }

  private void tell(AlertKey alertKey, Throwable defect) {
    log.atError()
        .addKeyValue("community", alertKey.community())
        .addKeyValue("device", alertKey.source())
        .addKeyValue("alert", alertKey.key())
        .setCause(defect)
        .log("An alert that is due could not be opened; trying again");
    Throwable untold =
        FailureCause.defectOf(
            () -> transaction.executeWithoutResult(_ -> raiseAbout(alertKey, defect.toString())));
    if (untold != null) {
      log.atError().setCause(untold).log("No alert could be opened about it");
    }
  }

  private void raiseAbout(AlertKey alertKey, String cause) {
    board.begin();
    Watched at = board.watched(alertKey);
    if (at != null && at.watch() instanceof RuleState.Waiting waiting) {
      gateways.notOpened(
          new DeviceId(alertKey.source()),
          alertKey.key(),
          new GatewayAlerts.Where(waiting.last().gateway(), at.event(), clock.instant()),
          cause);
    }
  }

  private void passTime(
      AlertRule rule, AlertKey alertKey, Watched before, Instant now, Set<AlertKey> opened) {
    Step step = rule.rule().passTime(before.watch(), now);
    if (step.outcome() == Outcome.OPENED && before.watch() instanceof RuleState.Waiting waiting) {
      open(rule, alertKey, before, before.values(), waiting.last().gateway(), now, Actor.HUB);
      opened.add(alertKey);
      board.watch(
          alertKey,
          new Watched(before.kind(), step.next(), before.event(), before.happenedAt(), null));
    }
  }

  private void see(AlertRule rule, HubEvent event, Set<AlertKey> opened, AlertFlood flood) {
    DeviceEvent reported = event.taken().event();
    AlertKey alertKey = AlertKey.of(event.device(), rule.key());
    Watched before = board.watched(alertKey);
    Step step =
        rule.rule()
            .see(
                before == null ? new RuleState.Unseen() : before.watch(),
                new Occurrence(
                    reported.type(),
                    new Position(event.gateway(), event.epoch(), event.taken().order()),
                    reported.takenAt(),
                    event.receivedAt()));
    if (step.outcome() == Outcome.IGNORED) {
      return;
    }
    Alert there = board.unresolved(alertKey);
    Watched about = about(rule, before, step.next(), event);
    if (!board.hasRoom(alertKey, about)) {
      flood.add(event, rule.severity());
      return;
    }
    switch (step.outcome()) {
      case IGNORED, NOTED -> {}
      case OPENED -> {
        open(
            rule,
            alertKey,
            about,
            CarriedValues.of(reported),
            event.gateway(),
            event.receivedAt(),
            new Actor.Device(event.community(), reported.device()));
        opened.add(alertKey);
      }
      case REPEATED -> {
        if (there != null) {
          board.change(there, there.seenAgain(event.receivedAt()));
        }
      }
      case CLEARED -> {
        if (there != null) {
          board.change(there, there.resolvedBy(cleared(event)));
        }
      }
    }
    board.watch(alertKey, about);
  }

  /**
   * A condition that lasts refers to the event it began with; everything else refers to the newest
   * event.
   */
  private static Watched about(
      AlertRule rule, @Nullable Watched before, RuleState next, HubEvent event) {
    DeviceEvent reported = event.taken().event();
    boolean lasting =
        next instanceof RuleState.Waiting && rule.rule().onset() instanceof Onset.After;
    return lasting && before != null && before.watch() instanceof RuleState.Waiting
        ? new Watched(reported.kind(), next, before.event(), before.happenedAt(), before.values())
        : new Watched(
            reported.kind(),
            next,
            event.id(),
            reported.time(),
            lasting ? CarriedValues.of(reported) : null);
  }

  private void open(
      AlertRule rule,
      AlertKey alertKey,
      Watched about,
      @Nullable Values values,
      GatewayId gateway,
      Instant now,
      Actor by) {
    DeviceKey device = Objects.requireNonNull(alertKey.device());
    board.add(
        Alert.open(
            ids.next(),
            new AlertCause(
                alertKey.key(),
                new AlertSource.OfDevice(device.community(), device.device(), about.kind()),
                rule.rule().type(),
                gateway,
                registry
                    .find(device.community())
                    .flatMap(community -> community.gridOf(device.device()))
                    .map(Grid::id)
                    .orElse(null),
                rule.severity(),
                titles.title(rule.rule().type(), device),
                about.event(),
                about.happenedAt(),
                values),
            now,
            by,
            null));
  }

  private static TimelineEntry cleared(HubEvent event) {
    return new TimelineEntry(
        event.receivedAt(),
        Author.of(new Actor.Device(event.community(), event.taken().event().device())),
        What.RESOLVED,
        Channel.HUB,
        event.taken().event().type().value(),
        event.id(),
        null);
  }
}
