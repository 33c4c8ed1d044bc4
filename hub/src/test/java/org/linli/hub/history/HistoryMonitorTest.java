package org.linli.hub.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.linli.hub.journal.HistoryMoves;
import org.linli.hub.journal.HistoryStands;
import org.linli.hub.journal.Standstill;
import org.linli.program.thread.LivingThreads;
import org.springframework.boot.health.contributor.Status;

class HistoryMonitorTest {

  private static final Instant NOON = Instant.parse("2026-11-23T04:00:00Z");
  private static final HistoryMoves MOVES = new HistoryMoves(NOON);

  private final List<Object> published = new ArrayList<>();
  private long seconds;
  private static final Standstill FULL =
      new Standstill(Standstill.Cause.DISK_FULL, "/data", "the disk is full (df).");

  private long waiting;
  private long carried;
  private HistoryStore.Visibility reading = new HistoryStore.Visibility(0, 0);
  private @Nullable Standstill trouble;

  private final HistoryMonitor monitor =
      new HistoryMonitor(
          () -> waiting,
          () -> carried,
          () -> reading,
          () -> trouble,
          published::add,
          InstantSource.fixed(NOON),
          () -> TimeUnit.SECONDS.toNanos(seconds),
          new LivingThreads(InstantSource.fixed(NOON)));

  private void pass(Duration time) {
    seconds += time.toSeconds();
    monitor.look();
  }

  @Test
  void saysOnceThatNothingIsCarriedAndOnceThatItIs() {
    monitor.look();
    waiting = 7;
    pass(Duration.ofSeconds(5));
    pass(Duration.ofSeconds(59));
    assertThat(monitor.health().getStatus()).isEqualTo(Status.UP);

    trouble = FULL;
    pass(Duration.ofSeconds(1));
    pass(Duration.ofSeconds(5));
    assertThat(monitor.health().getStatus().getCode()).isEqualTo("DOWN");
    assertThat(monitor.health().getStatus().getDescription())
        .isEqualTo("the history stands still: the disk is full (df).");

    carried++;
    pass(Duration.ofSeconds(5));
    assertThat(monitor.health().getStatus()).isEqualTo(Status.UP);
    assertThat(published).containsExactly(MOVES, new HistoryStands(7, FULL, NOON), MOVES);
  }

  @Test
  void takesNothingThatHasJustComeForAStandstill() {
    monitor.look();
    waiting = 1;
    pass(Duration.ofDays(1));
    waiting = 0;
    pass(Duration.ofSeconds(5));
    assertThat(published).containsExactly(MOVES);
  }

  @Test
  void seesThatNothingBecomesReadableThoughThereIsMore() {
    for (int i = 0; i < 14; i++) {
      waiting = 1;
      carried++;
      reading = new HistoryStore.Visibility(i + 1, 5);
      pass(Duration.ofSeconds(5));
    }
    assertThat(published).hasSize(2);
    assertThat(monitor.health().getStatus().getDescription()).contains("none of them readable");
  }

  @Test
  void isContentWithAHistoryThatIsBehindButGoesOn() {
    for (int i = 0; i < 50; i++) {
      waiting = 1_000_000;
      carried++;
      reading = new HistoryStore.Visibility(100, i);
      pass(Duration.ofSeconds(50));
    }
    assertThat(published).containsExactly(MOVES);
  }
}
