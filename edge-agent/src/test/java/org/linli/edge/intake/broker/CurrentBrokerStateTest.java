package org.linli.edge.intake.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.linli.edge.intake.AttachedBroker.OVER_AFTER;
import static org.linli.edge.intake.AttachedBroker.REPORTED_AFTER;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class CurrentBrokerStateTest {

  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private Instant now = NOON;
  private final CurrentBrokerState standing =
      new CurrentBrokerState("mqtt://broker:1883", () -> now, nanos::get);

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
    now = now.plus(time);
  }

  @Test
  void aBrokerThatIsRestartedIsNotReported() {
    standing.attached(null);
    pass(Duration.ofHours(1));
    standing.away();
    pass(REPORTED_AFTER.minusNanos(1));
    assertThat(standing.unheardSince()).isEmpty();
    standing.attached(null);
    pass(Duration.ofHours(1));
    assertThat(standing.unheardSince()).isEmpty();
  }

  @Test
  void aBrokerThatIsAwayIsReportedUntilItIsBackForAWhile() {
    standing.attached(null);
    pass(Duration.ofHours(1));
    Instant left = now;
    standing.away();
    pass(REPORTED_AFTER);
    standing.refused("it does not let us in");
    assertThat(standing.unheardSince()).hasValue(left);

    standing.attached(null);
    pass(OVER_AFTER.minusNanos(1));
    assertThat(standing.unheardSince()).hasValue(left);
    pass(Duration.ofNanos(1));
    assertThat(standing.unheardSince()).isEmpty();
  }

  @Test
  void healthIsDownWhileTheBrokerIsAwayButNotWhileItIsRestarted() {
    standing.attached(null);
    pass(OVER_AFTER);
    standing.away();
    pass(REPORTED_AFTER.minusNanos(1));
    assertThat(health().getStatus()).isEqualTo(Status.UP);
    pass(Duration.ofNanos(1));
    assertThat(health().getStatus()).isEqualTo(Status.DOWN);
    assertThat(health().getStatus().getDescription())
        .isEqualTo(
            "The broker at mqtt://broker:1883 is not reached and tried again, and what devices"
                + " publish there is not heard: start it, or check linli.broker.uri");
    standing.attached(null);
    assertThat(health().getStatus()).isEqualTo(Status.UP);
  }

  private Health health() {
    return BrokerConfiguration.health(standing.state(), standing.unheardSince().isPresent());
  }

  @Test
  void aBrokerThatWasNeverThereIsReported() {
    pass(REPORTED_AFTER);
    assertThat(standing.unheardSince()).hasValue(NOON);
  }

  @Test
  void aBrokerThatEndsEachConnectionAtOnceIsReported() {
    standing.attached(null);
    pass(OVER_AFTER);
    Instant left = now;
    for (Duration time = Duration.ZERO;
        time.compareTo(REPORTED_AFTER) <= 0;
        time = time.plusSeconds(20)) {
      standing.away();
      pass(Duration.ofSeconds(19));
      standing.attached(null);
      pass(Duration.ofSeconds(1));
    }
    assertThat(standing.unheardSince()).hasValue(left);
  }

  @Test
  void aTopicThatTheBrokerRefusesIsReported() {
    standing.attached("it refuses linli/camera/+");
    pass(REPORTED_AFTER);
    assertThat(standing.unheardSince()).hasValue(NOON);
  }

  @Test
  void aConnectionThatTheGatewayEndsItselfIsNot() {
    standing.attached(null);
    pass(OVER_AFTER);
    standing.hungUp();
    pass(REPORTED_AFTER);
    assertThat(standing.unheardSince()).isEmpty();
  }
}
