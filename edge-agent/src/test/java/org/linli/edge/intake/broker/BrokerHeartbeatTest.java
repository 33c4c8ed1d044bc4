package org.linli.edge.intake.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A door whose threads hang is said, although its connection stands. */
class BrokerHeartbeatTest extends AtTheBroker {

  /** A minute without a sign is too long, and passes in seven seconds. */
  private static final Duration FASTER = Duration.ofSeconds(8);

  private static final Duration SEVERAL_SIGNS = Duration.ofSeconds(7);

  @Test
  void saysThatNothingIsTakenFromTheBrokerAnyMore() throws Exception {
    attached();
    intake.answerAtOnce();
    intake.hang();
    try {
      device().publish(TOPIC, "one", 1);
      await().until(intake::holds);

      await()
          .pollInterval(Duration.ofSeconds(1))
          .during(SEVERAL_SIGNS)
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> {
                ahead.addAndGet(FASTER.toNanos());
                return silent();
              });
    } finally {
      intake.goOn();
    }
    await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(silent()).isFalse());
  }

  private boolean silent() {
    return threads.problems().stream()
        .anyMatch(problem -> problem.startsWith("broker has given no sign of life"));
  }
}
