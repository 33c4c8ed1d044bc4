package org.linli.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.linli.event.EventType;
import org.linli.event.GatewayId;

class RuleTest {

  private static final Instant T0 = Instant.parse("2026-11-23T05:00:00Z");
  private static final GatewayId GATEWAY = new GatewayId("gateway-1");
  private static final EventType OCCUPIED = new EventType("fire-lane.occupied");
  private static final EventType FREED = new EventType("fire-lane.freed");
  private static final EventType DENIED = new EventType("access.denied");
  private static final EventType ACTIVITY = new EventType("activity.seen");

  private static final Rule FIRE_LANE =
      new Rule(OCCUPIED, Set.of(FREED), new Onset.After(Duration.ofMinutes(3)));
  private static final Rule FIVE_DENIED =
      new Rule(DENIED, Set.of(), new Onset.Repeated(5, Duration.ofMinutes(1)));
  private static final Rule NO_ACTIVITY =
      new Rule(ACTIVITY, Set.of(), new Onset.Absent(Duration.ofHours(24)));

  private static Occurrence event(EventType type, long order, Instant takenAt, Instant now) {
    return new Occurrence(type, new Position(GATEWAY, 1, order), takenAt, now);
  }

  private static Occurrence event(EventType type, long order, Instant at) {
    return event(type, order, at, at);
  }

  @Test
  void waitsForWhatMustLast() {
    Step occupied = FIRE_LANE.see(new RuleState.Unseen(), event(OCCUPIED, 1, T0));
    assertThat(occupied.outcome()).isEqualTo(Outcome.NOTED);
    RuleState again =
        FIRE_LANE.see(occupied.next(), event(OCCUPIED, 2, T0.plusSeconds(100))).next();
    assertThat(FIRE_LANE.passTime(again, T0.plusSeconds(179)).outcome()).isEqualTo(Outcome.IGNORED);
    assertThat(FIRE_LANE.passTime(again, T0.plusSeconds(180)).outcome())
        .as("repeating the cause does not start the wait anew")
        .isEqualTo(Outcome.OPENED);
  }

  @Test
  void takesWhatLastedOnTheWayIntoAccount() {
    Instant twoMinutesLater = T0.plusSeconds(120);
    assertThat(
            FIRE_LANE.see(new RuleState.Unseen(), event(OCCUPIED, 1, T0, twoMinutesLater)).next())
        .isEqualTo(new RuleState.Waiting(new Position(GATEWAY, 1, 1), T0.plusSeconds(180)));
  }

  @Test
  void letsARushOfOldEventsSettleBeforeItOpens() {
    Instant nextDay = T0.plus(Duration.ofDays(1));
    RuleState watch = FIRE_LANE.see(new RuleState.Unseen(), event(OCCUPIED, 1, T0, nextDay)).next();
    assertThat(FIRE_LANE.passTime(watch, nextDay.plusSeconds(4)).outcome())
        .isEqualTo(Outcome.IGNORED);
    assertThat(FIRE_LANE.passTime(watch, nextDay.plusSeconds(5)).outcome())
        .isEqualTo(Outcome.OPENED);
  }

  @Test
  void waitsNoLongerThanItShouldForAGatewayWhoseClockIsAhead() {
    Instant ahead = T0.plus(Duration.ofHours(2));
    RuleState watch = FIRE_LANE.see(new RuleState.Unseen(), event(OCCUPIED, 1, ahead, T0)).next();
    assertThat(FIRE_LANE.passTime(watch, T0.plusSeconds(180)).outcome()).isEqualTo(Outcome.OPENED);
  }

  @Test
  void opensWithTheFifthInAMinuteAndNotWithFiveInTwo() {
    assertThat(fiveEvery(Duration.ofSeconds(15))).isEqualTo(Outcome.OPENED);
    assertThat(fiveEvery(Duration.ofSeconds(16))).isEqualTo(Outcome.NOTED);
  }

  private static Outcome fiveEvery(Duration gap) {
    Step step = new Step(new RuleState.Unseen(), Outcome.IGNORED);
    for (int i = 0; i < 5; i++) {
      step = FIVE_DENIED.see(step.next(), event(DENIED, i + 1, T0.plus(gap.multipliedBy(i))));
    }
    return step.outcome();
  }

  @Test
  void missesWhatWasSeenOnceAndClearsWhenItIsSeenAgain() {
    Step seen = NO_ACTIVITY.see(new RuleState.Unseen(), event(ACTIVITY, 1, T0));
    Instant nextDay = T0.plus(Duration.ofHours(24));
    Step missed = NO_ACTIVITY.passTime(seen.next(), nextDay);
    assertThat(missed.outcome()).isEqualTo(Outcome.OPENED);
    Step back = NO_ACTIVITY.see(missed.next(), event(ACTIVITY, 2, nextDay.plusSeconds(60)));
    assertThat(back.outcome()).isEqualTo(Outcome.CLEARED);
    assertThat(back.next()).isInstanceOf(RuleState.Waiting.class);
  }

  @Test
  void missesAgainADayAfterAPersonClosedTheAlert() {
    RuleState closed =
        NO_ACTIVITY.closeByHand(new RuleState.Raised(new Position(GATEWAY, 1, 1)), T0);
    assertThat(NO_ACTIVITY.passTime(closed, T0.plus(Duration.ofHours(23))).outcome())
        .isEqualTo(Outcome.IGNORED);
    assertThat(NO_ACTIVITY.passTime(closed, T0.plus(Duration.ofHours(24))).outcome())
        .isEqualTo(Outcome.OPENED);
  }

  @Test
  void believesADeviceThatMovedToAnotherGateway() {
    Rule fire = new Rule(new EventType("fire.seen"), Set.of(), new Onset.AtOnce());
    RuleState quiet = new RuleState.Quiet(new Position(GATEWAY, 7, 900));
    Position elsewhere = new Position(new GatewayId("gateway-2"), 1, 1);
    assertThat(
            fire.see(quiet, new Occurrence(new EventType("fire.seen"), elsewhere, T0, T0))
                .outcome())
        .isEqualTo(Outcome.OPENED);
  }

  @Test
  void takesALaterLifeOfTheOutboxForNewerWhateverItsCount() {
    assertThat(new Position(GATEWAY, 2, 1).isAfter(new Position(GATEWAY, 1, 900))).isTrue();
    assertThat(new Position(GATEWAY, 1, 901).isAfter(new Position(GATEWAY, 2, 1))).isFalse();
  }
}
