package org.linli.hub.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.Kind;
import org.linli.hub.SteppingClock;
import org.linli.hub.journal.HubEvent;
import org.linli.hub.people.Actor;
import org.linli.hub.people.Author;
import org.linli.hub.registry.Registry;
import org.linli.hub.registry.TestCommunities;

/** Alerts for what lasts, comes often, or does not come. */
class AlertsOverTimeTest {

  @TempDir Path folder;

  private final Registry registry = TestCommunities.sample();
  private final SteppingClock clock = new SteppingClock(AlertRig.START);

  @SuppressWarnings("NullAway.Init") // set before each test
  private AlertRig hub;

  @BeforeEach
  void start() {
    hub =
        new AlertRig(
            folder,
            clock,
            registry,
            _ -> new OnCall.Assignment.Assigned(new Actor.Person(TestCommunities.SAMPLE, "wang")));
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  private void restart() {
    AlertRig before = hub;
    stop();
    start();
    hub.continueAfter(before);
  }

  private Alert only() {
    assertThat(hub.all()).hasSize(1);
    return hub.all().getFirst();
  }

  @Test
  void opensForAFireLaneOnlyAfterThreeMinutesEvenAcrossARestart() {
    HubEvent occupied = hub.event("fire-lane-2", Kind.PARKING, "fire-lane.occupied");
    hub.apply(occupied);
    hub.waitFor(Duration.ofSeconds(100));
    restart();
    hub.waitFor(Duration.ofSeconds(79));
    assertThat(hub.all()).isEmpty();
    hub.waitFor(Duration.ofSeconds(1));
    Alert alert = only();
    assertThat(alert.cause().event()).isEqualTo(occupied.id());
    assertThat(alert.cause().happenedAt()).isEqualTo(AlertRig.START);
    assertThat(alert.openedAt()).isEqualTo(AlertRig.START.plusSeconds(180));
    assertThat(alert.timeline().getFirst().by())
        .as("the device said nothing at that time")
        .isEqualTo(Author.of(Actor.HUB));
    assertThat(alert.assignee()).isNotNull();
    hub.waitFor(Duration.ofHours(1));
    assertThat(hub.all()).as("once").hasSize(1);
  }

  @Test
  void forgetsAFireLaneThatWasFreedInTime() {
    hub.apply(hub.event("fire-lane-2", Kind.PARKING, "fire-lane.occupied"));
    hub.waitFor(Duration.ofSeconds(179));
    hub.apply(hub.event("fire-lane-2", Kind.PARKING, "fire-lane.freed"));
    restart();
    hub.waitFor(Duration.ofHours(1));
    assertThat(hub.all()).isEmpty();
  }

  @Test
  void opensWithTheFifthDenialInAMinuteEvenAcrossARestart() {
    for (int i = 0; i < 4; i++) {
      hub.apply(hub.event("door-1", Kind.ACCESS, "access.denied"));
      clock.advance(Duration.ofSeconds(15));
    }
    assertThat(hub.all()).isEmpty();
    restart();
    hub.apply(hub.event("door-1", Kind.ACCESS, "access.denied"));
    assertThat(only().cause().key()).isEqualTo("access.denied");
  }

  @Test
  void doesNotMindFiveDenialsInMoreThanAMinute() {
    for (int i = 0; i < 12; i++) {
      hub.apply(hub.event("door-1", Kind.ACCESS, "access.denied"));
      clock.advance(Duration.ofSeconds(16));
    }
    assertThat(hub.all()).isEmpty();
  }

  @Test
  void missesActivityAfterADayAndIsRelievedWhenItComes() {
    hub.apply(hub.event("motion-1-602", Kind.CARE, "activity.seen"));
    hub.waitFor(Duration.ofHours(23));
    assertThat(hub.all()).isEmpty();
    hub.waitFor(Duration.ofHours(1));
    assertThat(only().cause().title().en())
        .isEqualTo("No activity for 24 hours: Building 1 flat 602 motion sensor");
    hub.apply(hub.event("motion-1-602", Kind.CARE, "activity.seen"));
    assertThat(only().isResolved()).isTrue();
    hub.waitFor(Duration.ofHours(24));
    assertThat(hub.all()).hasSize(2);
  }

  @Test
  void forgetsATimerThatWasRolledBack() {
    hub.applyAndRollBack(hub.event("fire-lane-2", Kind.PARKING, "fire-lane.occupied"));
    hub.waitFor(Duration.ofMinutes(4));
    assertThat(hub.all()).isEmpty();
  }
}
