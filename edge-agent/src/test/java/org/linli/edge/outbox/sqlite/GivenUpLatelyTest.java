package org.linli.edge.outbox.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.linli.edge.outbox.GivenUp;

class GivenUpLatelyTest {

  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private Instant now = NOON;
  private final GivenUpLately watch = new GivenUpLately(1_000, () -> now, nanos::get);

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
    now = now.plus(time);
  }

  @Test
  void earlierLossesAreNoNews() {
    watch.look(1_000, true);
    assertThat(watch.lately()).isEmpty();
  }

  @Test
  void countsWhatIsGivenUpUntilNothingWasForTenMinutesWithTheHub() {
    watch.look(1_003, false);
    assertThat(watch.lately()).hasValue(new GivenUp(3, NOON, NOON));
    pass(Duration.ofHours(2));
    watch.look(1_010, false);
    assertThat(watch.lately()).hasValue(new GivenUp(10, NOON, now));
    Instant last = now;

    pass(Duration.ofHours(5));
    watch.look(1_010, false);
    assertThat(watch.lately())
        .as("the hub could not be told yet")
        .hasValue(new GivenUp(10, NOON, last));
    pass(GivenUp.OVER_AFTER.minusNanos(1));
    watch.look(1_010, true);
    assertThat(watch.lately()).isPresent();
    pass(Duration.ofNanos(1));
    watch.look(1_010, true);
    assertThat(watch.lately()).isEmpty();

    watch.look(1_011, true);
    assertThat(watch.lately()).as("another time").hasValue(new GivenUp(1, now, now));
  }

  @Test
  void isOverWhereTheHubHasThemAfterAll() {
    watch.look(1_007, false);
    watch.look(1_002, true);
    assertThat(watch.lately()).hasValue(new GivenUp(2, NOON, NOON));
    watch.look(1_000, true);
    assertThat(watch.lately()).isEmpty();
  }
}
