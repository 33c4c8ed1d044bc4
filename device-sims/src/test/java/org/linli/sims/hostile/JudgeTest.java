package org.linli.sims.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** With what runs against programs showed that held, and that did not. */
class JudgeTest {

  private static final double QUOTA_MB = 67.1;

  private static final Held GATEWAY =
      new Held(OptionalDouble.of(31.6), 230, 238, 187, 187, 42, 42, 0, 0.6, 0.4, 0, 0);
  private static final Held HUB =
      new Held(OptionalDouble.of(131.2), 530, 541, 371, 376, 42, 42, 0, 0.6, 1, 0, 0);

  private final Judge judge = new Judge(seen(30, GATEWAY, HUB), Limits.with(100), QUOTA_MB);

  private static Observed seen(double p99, Held gateway, Held hub) {
    return seen(p99, 500, 0, 0, gateway, hub, List.of(), Map.of(), 4.3);
  }

  private static Observed seen(
      double p99,
      long acknowledged,
      long refused,
      long unanswered,
      Held gateway,
      Held hub,
      List<String> found,
      Map<String, Long> rows,
      double outboxMb) {
    return new Observed(
        "some-attack",
        3_000,
        12,
        found,
        p99 / 4,
        p99,
        acknowledged,
        refused,
        unanswered,
        gateway,
        hub,
        rows,
        outboxMb);
  }

  private List<String> problems(Observed seen) {
    return judge.problems(seen);
  }

  @Test
  void whatIsAsWithoutAnAttackHolds() {
    assertThat(problems(seen(30, GATEWAY, HUB))).isEmpty();
  }

  @Test
  void aP99MayBeThreeTimesThatWithoutAnAttack() {
    Judge slowMachine = new Judge(seen(60, GATEWAY, HUB), Limits.with(100), QUOTA_MB);

    assertThat(slowMachine.problems(seen(180, GATEWAY, HUB))).isEmpty();
    assertThat(slowMachine.problems(seen(181, GATEWAY, HUB)))
        .containsExactly("The legitimate device's p99 is 181.0 ms, at most 180.0 are allowed.");
  }

  @Test
  void aP99BelowTheFloorIsTheMachinesNoise() {
    Judge fastMachine = new Judge(seen(2, GATEWAY, HUB), Limits.with(100), QUOTA_MB);

    assertThat(fastMachine.problems(seen(100, GATEWAY, HUB))).isEmpty();
    assertThat(fastMachine.problems(seen(101, GATEWAY, HUB))).hasSize(1);
  }

  /** As a gateway was that 3,703 clients with wills of 16 KB drove out of memory. */
  @Test
  void aProgramThatEndedByItselfDoesNotHold() {
    Held ended =
        new Held(OptionalDouble.of(34.1), 250, 335, 188, 1_581, 42, 42, 1, 15.2, 22.2, 0, 0.1);

    assertThat(problems(seen(23_576.6, ended, HUB)))
        .containsExactly(
            "The legitimate device's p99 is 23576.6 ms, at most 100.0 are allowed.",
            "The gateway ended by itself, 1 x.",
            "The health of the gateway was not answered for 15.2 s, at most 10.0 are allowed.",
            "The gateway did not go on for 22.2 s, at most 10.0 are allowed.");
  }

  @Test
  void aHealthThatSaysUpWhileNothingGoesOnDoesNotHold() {
    Held lying = new Held(OptionalDouble.of(31.6), 230, 238, 187, 187, 42, 42, 0, 0.6, 30, 29.5, 0);

    assertThat(problems(seen(30, lying, HUB)))
        .contains(
            "The gateway said UP for 29.5 s while it did not go on, at most 10.0 are allowed.");
  }

  @Test
  void whatAProgramHoldsAfterwardsMustNotBeMoreThanTheLimits() {
    Held held =
        new Held(OptionalDouble.of(400), 1_100, 1_300, 536, 20_000, 59, 299, 0, 0.6, 1, 0, 32);

    assertThat(problems(seen(30, GATEWAY, held)))
        .containsExactly(
            "The hub holds 400.0 MB of heap after a collection, at most 384.0 are allowed.",
            "The hub had 1300 MB resident, at most 1216.0 are allowed.",
            "The hub has 536 files open after the attack, at most 535.0 are allowed.",
            "The hub has 59 threads after the attack, at most 58.0 are allowed.",
            "The hub had 299 threads, at most 298.0 are allowed.",
            "The hub wrote 32.0 MB of log, at most 4.0 are allowed.");
  }

  @Test
  void aHeapThatCannotBeMeasuredIsNotJudged() {
    Held unknown = new Held(OptionalDouble.empty(), 530, 541, 371, 376, 42, 42, 0, 0.6, 1, 0, 0);

    assertThat(problems(seen(30, GATEWAY, unknown))).isEmpty();
  }

  @Test
  void eventsOfTheDeviceThatAreRefusedOrUnansweredDoNotHold() {
    assertThat(problems(seen(30, 490, 3, 7, GATEWAY, HUB, List.of(), Map.of(), 4)))
        .containsExactly(
            "The legitimate device has no answer to 7 events after the attack.",
            "3 events of the legitimate device were refused.");
  }

  @Test
  void aDeviceThatIsNeverAnsweredDoesNotHold() {
    assertThat(problems(seen(0, 0, 0, 500, GATEWAY, HUB, List.of(), Map.of(), 4)))
        .containsExactly(
            "The legitimate device had no acknowledgement at all.",
            "The legitimate device has no answer to 500 events after the attack.");
  }

  @Test
  void rowsBeyondTheLimitOfTheirTableDoNotHold() {
    Map<String, Long> rows =
        Map.of("gateway.dead_letter", 1_001L, "hub.dead_letter", 1_000L, "hub.unknown", 9_999_999L);

    assertThat(problems(seen(30, 500, 0, 0, GATEWAY, HUB, List.of(), rows, 4)))
        .containsExactly("gateway.dead_letter has 1001 rows, at most 1000 are allowed.");
  }

  @Test
  void anOutboxBeyondItsQuotaDoesNotHold() {
    assertThat(problems(seen(30, 500, 0, 0, GATEWAY, HUB, List.of(), Map.of(), 80.5)))
        .containsExactly("The outbox holds 80.5 MB, at most 73.8 are allowed.");
  }

  @Test
  void whatAnAttackFoundDoesNotHold() {
    assertThat(
            problems(
                seen(
                    30,
                    500,
                    0,
                    0,
                    GATEWAY,
                    HUB,
                    List.of("the hub answers x with 500"),
                    Map.of(),
                    4)))
        .containsExactly("The hub answers x with 500.");
  }
}
