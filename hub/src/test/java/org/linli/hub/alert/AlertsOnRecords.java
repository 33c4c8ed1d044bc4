package org.linli.hub.alert;

import java.time.Clock;
import java.time.Duration;
import org.linli.hub.alert.watch.RuleBook;
import org.linli.hub.alert.watch.UnregisteredKeys;
import org.linli.hub.alert.watch.WatchRecords;
import org.linli.hub.change.ChangesOnRecords;
import org.linli.hub.intake.BatchParticipant;
import org.linli.hub.people.Actor;
import org.linli.hub.records.TestRecords;
import org.linli.hub.registry.Registry;
import org.linli.hub.registry.TestCommunities;

/** What opens alerts, on real records and without Spring, for tests of what comes before it. */
public final class AlertsOnRecords {

  private AlertsOnRecords() {}

  public static BatchParticipant raising(TestRecords records, Clock clock) {
    Registry registry = TestCommunities.sample();
    AlertIds ids = new AlertIds(clock);
    UnregisteredKeys unregistered = new UnregisteredKeys(registry);
    AlertBoard board =
        new AlertBoard(
            new AlertRecords(records.ofCommunities()),
            new WatchRecords(records.ofCommunities()),
            ids,
            unregistered,
            new ResolvedAlerts(
                records.ofCommunities(), new AlertSettings(Duration.ofSeconds(1), AlertRig.KEPT)));
    AlertTitles titles = new AlertTitles(registry);
    AlertWriter writer =
        new AlertWriter(
            board,
            alert ->
                new OnCall.Assignment.Assigned(new Actor.Person(TestCommunities.SAMPLE, "wang")),
            new ChangesOnRecords(records).recorder());
    return new RaisingAlerts(
        new RuleBook(),
        board,
        ids,
        titles,
        registry,
        writer,
        new GatewayAlerts(board, ids, titles, writer, records.transactions()),
        new FloodAlerts(board, ids, titles, writer, unregistered),
        records.transactions(),
        clock);
  }
}
