package org.linli.hub.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.AbstractMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.DeviceId;
import org.linli.event.Kind;
import org.linli.hub.SteppingClock;
import org.linli.hub.alert.TimelineEntry.What;
import org.linli.hub.intake.ParticipantFailed;
import org.linli.hub.journal.HubEvent;
import org.linli.hub.people.Actor;
import org.linli.hub.records.FailureCause;
import org.linli.hub.registry.BilingualName;
import org.linli.hub.registry.Registry;
import org.linli.hub.registry.TestCommunities;
import org.springframework.transaction.TransactionStatus;

/** Alerts whose records are refused hold up no others. */
class FailingAlertsTest {

  @TempDir Path folder;

  private final SteppingClock clock = new SteppingClock(AlertRig.START);
  private OnCall onCall =
      alert -> new OnCall.Assignment.Assigned(new Actor.Person(TestCommunities.SAMPLE, "zhou"));
  private AlertRig hub;

  @BeforeEach
  void start() {
    hub = new AlertRig(folder, clock, TestCommunities.sample(), alert -> onCall.assigneeOf(alert));
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  /** The records take no alert of this device, as where a rule makes one that breaks a rule. */
  private void refuseAlertsOf(String device) {
    hub.records.refuse("INSERT", "alert", "NEW.device = '%s'".formatted(device));
  }

  private void takeAlertsAgain() {
    hub.records.takeAgain();
  }

  private HubEvent forced(String door) {
    return hub.event(door, Kind.ACCESS, "door.forced");
  }

  /** As the intake does with a batch that it takes apart. */
  private boolean applied(TransactionStatus transaction, HubEvent... events) {
    Object savepoint = transaction.createSavepoint();
    Throwable defect = FailureCause.defectOf(() -> hub.raising.apply(List.of(events)));
    if (defect != null) {
      transaction.rollbackToSavepoint(savepoint);
    }
    transaction.releaseSavepoint(savepoint);
    return defect == null;
  }

  private List<String> open() {
    return hub.all().stream()
        .map(alert -> alert.cause().source().id() + " " + alert.count())
        .sorted()
        .toList();
  }

  @Test
  void remembersNothingOfWhatWasUndone() {
    refuseAlertsOf("door-2");
    hub.records
        .transactions()
        .executeWithoutResult(
            transaction -> {
              assertThat(applied(transaction, forced("door-1"))).isTrue();
              assertThat(applied(transaction, forced("door-1"), forced("door-2"))).isFalse();
              assertThat(applied(transaction, forced("door-1"))).isTrue();
              assertThat(applied(transaction, forced("door-2"))).isFalse();
              assertThat(applied(transaction, forced("door-3"))).isTrue();
            });
    assertThat(open()).containsExactly("door-1 2", "door-3 1");

    takeAlertsAgain();
    hub.apply(forced("door-2"), forced("door-1"));
    assertThat(open()).containsExactly("door-1 3", "door-2 1", "door-3 1");
  }

  @Test
  void opensWhatIsDueWhateverBecomesOfTheOthers() {
    refuseAlertsOf("fire-lane-2");
    hub.apply(
        hub.event("fire-lane-2", Kind.PARKING, "fire-lane.occupied"),
        hub.event("fire-lane-1", Kind.PARKING, "fire-lane.occupied"),
        hub.event("fire-lane-3", Kind.PARKING, "fire-lane.occupied"));

    hub.waitFor(Duration.ofMinutes(3));

    assertThat(open()).containsExactly("fire-lane-1 1", "fire-lane-3 1", "gateway-1 1");
    Alert about =
        hub.all().stream()
            .filter(alert -> alert.cause().source() instanceof AlertSource.OfGateway)
            .findFirst()
            .orElseThrow();
    assertThat(about.cause().key()).isEqualTo("gateway.participant-failed/alert-timers");
    assertThat(about.timeline().getFirst().text())
        .startsWith("The alert fire-lane.occupied of fire-lane-2 was due and could not be opened")
        .contains("refused");

    hub.waitFor(Duration.ofMinutes(3));
    assertThat(open()).as("said once").contains("gateway-1 1");

    takeAlertsAgain();
    hub.waitFor(Duration.ofMinutes(2));
    assertThat(open())
        .containsExactly("fire-lane-1 1", "fire-lane-2 1", "fire-lane-3 1", "gateway-1 1");
  }

  @Test
  void opensWithAPlainTitleIfItsTitleCannotBeMade() {
    hub.close();
    Registry registry = TestCommunities.sample();
    hub =
        new AlertRig(
            folder,
            clock,
            registry,
            alert -> onCall.assigneeOf(alert),
            new AlertTitles(
                registry,
                new AbstractMap<>() {
                  @Override
                  public Set<Entry<String, BilingualName>> entrySet() {
                    throw new IllegalStateException("a defect in the titles");
                  }
                }));

    hub.apply(forced("door-1"));
    ParticipantFailed failed =
        new ParticipantFailed(
            "alerts",
            AlertRig.GATEWAY,
            1,
            new DeviceId("door-1"),
            "event-1",
            "why",
            clock.instant());
    hub.records.transactions().executeWithoutResult(_ -> hub.gateways.failed(failed));

    assertThat(hub.all())
        .extracting(alert -> alert.cause().title())
        .containsExactlyInAnyOrder(
            new BilingualName("door.forced: door-1", "door.forced: door-1"),
            new BilingualName(
                "gateway.participant-failed: gateway-1", "gateway.participant-failed: gateway-1"));
  }

  @Test
  void opensForNobodyWhereTheRosterFails() {
    onCall =
        alert -> {
          throw new IllegalStateException("the roster is broken");
        };

    hub.apply(forced("door-1"));

    assertThat(hub.all()).hasSize(1);
    TimelineEntry last = hub.all().getFirst().timeline().getLast();
    assertThat(last.what()).isEqualTo(What.UNASSIGNED);
    assertThat(last.text()).contains("the roster is broken");
  }
}
