package org.linli.hub.alert;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.linli.event.DeviceEvent;
import org.linli.event.DeviceId;
import org.linli.event.EventType;
import org.linli.event.EventTypes;
import org.linli.event.GatewayId;
import org.linli.event.Kind;
import org.linli.event.TakenEvent;
import org.linli.event.Values;
import org.linli.hub.SteppingClock;
import org.linli.hub.alert.watch.RuleBook;
import org.linli.hub.alert.watch.UnregisteredKeys;
import org.linli.hub.alert.watch.WatchRecords;
import org.linli.hub.change.Change;
import org.linli.hub.change.ChangesOnRecords;
import org.linli.hub.journal.HubEvent;
import org.linli.hub.records.TestRecords;
import org.linli.hub.registry.Registry;
import org.linli.program.thread.LivingThreads;

/** The alerts of a hub on real records in a folder; what a restart would lose is in here. */
final class AlertRig implements AutoCloseable {

  static final Instant START = Instant.parse("2026-11-23T02:00:00Z");
  static final GatewayId GATEWAY = new GatewayId("gateway-1");

  /** Alerts kept in all. */
  static final int KEPT = 2_000;

  final SteppingClock clock;
  private final Registry registry;
  final TestRecords records;
  final List<Alert> told = Collections.synchronizedList(new ArrayList<>());
  final Alerts alerts;
  final RaisingAlerts raising;
  private final UnreadableAlarmAlerts unreadable;
  final GatewayAlerts gateways;
  final SharedIdentities shared;
  final ReportedTroubles troubles;
  final HistoryAlerts history;
  private long order;

  AlertRig(Path folder, SteppingClock clock, Registry registry, OnCall onCall) {
    this(folder, clock, registry, onCall, new AlertTitles(registry));
  }

  AlertRig(Path folder, SteppingClock clock, Registry registry, OnCall onCall, AlertTitles titles) {
    this.clock = clock;
    this.registry = registry;
    this.records = new TestRecords(folder);
    ChangesOnRecords changes = new ChangesOnRecords(records);
    changes.listen(this::changed);
    AlertRecords alertRecords = new AlertRecords(records.ofCommunities());
    AlertIds ids = new AlertIds(clock);
    UnregisteredKeys unregistered = new UnregisteredKeys(registry);
    AlertBoard board =
        new AlertBoard(
            alertRecords,
            new WatchRecords(records.ofCommunities()),
            ids,
            unregistered,
            new ResolvedAlerts(
                records.ofCommunities(), new AlertSettings(Duration.ofSeconds(1), KEPT)));
    RuleBook book = new RuleBook();
    this.alerts =
        new Alerts(
            alertRecords,
            board,
            book,
            registry,
            new AlertRequests(records.ofCommunities(), records.runningTime()),
            records.transactions(),
            changes.recorder(),
            clock);
    AlertWriter writer = new AlertWriter(board, onCall, changes.recorder());
    this.gateways = new GatewayAlerts(board, ids, titles, writer, records.transactions());
    this.shared =
        new SharedIdentities(
            gateways,
            records.transactions(),
            new LivingThreads(clock),
            () -> Duration.between(START, clock.instant()).toNanos(),
            clock);
    this.troubles =
        new ReportedTroubles(
            new GatewayTroubles(board, ids, titles, writer),
            board,
            titles,
            records.transactions(),
            new LivingThreads(clock),
            clock);
    this.history = new HistoryAlerts(board, ids, titles, writer, records.transactions());
    this.unreadable = new UnreadableAlarmAlerts(board, ids, titles, writer, registry);
    this.raising =
        new RaisingAlerts(
            book,
            board,
            ids,
            titles,
            registry,
            writer,
            gateways,
            new FloodAlerts(board, ids, titles, writer, unregistered),
            records.transactions(),
            clock);
  }

  private void changed(Change change) {
    if (change.kind().equals(Alert.CHANGES.name())) {
      change.subjects().forEach(subject -> told.add(alerts.find(subject.id()).orElseThrow()));
    }
  }

  /** An event of a device, newer than any before, as {@code gateway-1} takes it now. */
  HubEvent event(String device, Kind kind, String type) {
    return event(device, kind, type, ++order);
  }

  HubEvent event(String device, Kind kind, String type, long position) {
    return event(device, kind, type, position, clock.instant());
  }

  HubEvent event(String device, Kind kind, String type, Values values) {
    return event(device, kind, type, ++order, clock.instant(), values);
  }

  HubEvent event(String device, Kind kind, String type, long position, Instant takenAt) {
    return event(device, kind, type, position, takenAt, Values.NONE);
  }

  private HubEvent event(
      String device, Kind kind, String type, long position, Instant takenAt, Values values) {
    EventType eventType = new EventType(type);
    DeviceEvent event =
        new DeviceEvent(
            new DeviceId(device), kind, eventType, null, takenAt, null, takenAt, values);
    TakenEvent taken = new TakenEvent(position, event);
    return new HubEvent(
        registry.communityOf(GATEWAY).orElseThrow(),
        taken.traceId(GATEWAY, 1),
        GATEWAY,
        1,
        EventTypes.laneOf(kind, eventType),
        taken,
        clock.instant(),
        false);
  }

  void apply(HubEvent... events) {
    records.transactions().executeWithoutResult(_ -> raising.apply(Arrays.asList(events)));
  }

  void applyUnreadable(HubEvent... events) {
    records.transactions().executeWithoutResult(_ -> unreadable.apply(Arrays.asList(events)));
  }

  void applyAndRollBack(HubEvent... events) {
    records
        .transactions()
        .executeWithoutResult(
            transaction -> {
              raising.apply(Arrays.asList(events));
              transaction.setRollbackOnly();
            });
  }

  void waitFor(Duration time) {
    clock.advance(time);
    raising.openDue();
  }

  /** Lets the gateway count on where it was before the hub restarted. */
  void continueAfter(AlertRig before) {
    order = before.order;
  }

  /** All alerts, newest first. */
  List<Alert> all() {
    return alerts.list(new AlertQuery(null, Set.of(), Set.of(), null, null, null, 500)).items();
  }

  @Override
  public void close() {
    records.close();
  }
}
