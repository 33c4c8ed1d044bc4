package org.linli.hub.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.program.thread.LivingThreads;

/** Time that has passed, whatever the clock shows. */
class RunningTimeTest {

  private final List<Object> published = new ArrayList<>();
  private Instant clock = Instant.parse("2026-11-23T12:00:00Z");
  private long nanos = -Duration.ofDays(3).toNanos();
  private TestRecords records;

  @BeforeEach
  void open(@TempDir Path folder) {
    records = new TestRecords(folder);
  }

  @AfterEach
  void close() {
    records.close();
  }

  private RunningTime start() {
    return new RunningTime(
        records.client(), () -> clock, () -> nanos, published::add, new LivingThreads(() -> clock));
  }

  private void passes(Duration time) {
    clock = clock.plus(time);
    nanos += time.toNanos();
  }

  @Test
  void addsUpWhatPassesInAllRuns() {
    RunningTime first = start();
    passes(Duration.ofHours(2));
    first.stop();
    clock = clock.plus(Duration.ofDays(900));
    nanos = 7;
    RunningTime second = start();
    passes(Duration.ofHours(1));
    second.look();

    assertThat(second.millis()).isEqualTo(Duration.ofHours(3).toMillis());
    assertThat(published).isEmpty();
  }

  @Test
  void saysOnceThatTheClockJumped() {
    RunningTime time = start();
    passes(Duration.ofMinutes(1));
    time.look();
    Instant before = clock;
    clock = clock.plus(Duration.ofDays(400));
    passes(Duration.ofMinutes(1));
    time.look();
    passes(Duration.ofMinutes(1));
    time.look();

    assertThat(time.millis()).isEqualTo(Duration.ofMinutes(3).toMillis());
    assertThat(published)
        .containsExactly(
            new ClockJumped(
                before.plus(Duration.ofMinutes(1)),
                before.plus(Duration.ofMinutes(1)).plus(Duration.ofDays(400))));
  }

  @Test
  void saysThatTheClockWasPutBackAndNothingOfASmallStep() {
    RunningTime time = start();
    clock = clock.minus(Duration.ofMinutes(4));
    time.look();
    assertThat(published).isEmpty();
    clock = clock.minus(Duration.ofMinutes(6));
    time.look();
    assertThat(published).hasSize(1);
  }

  @Test
  void keepsNoMoreMarksThanItNeeds() {
    records.transactions().executeWithoutResult(_ -> fill());

    assertThat(records.client().sql("SELECT COUNT(*) FROM age_mark").query(Integer.class).single())
        .isBetween(60, 62);
  }

  private void fill() {
    AgeMarks marks =
        new AgeMarks(records.client(), records.runningTime(), "list", Duration.ofHours(1));
    for (int minute = 1; minute <= 1_000; minute++) {
      records.runs(Duration.ofMinutes(1));
      long expired = marks.expired(minute);
      assertThat(expired).isBetween((long) minute - 62, Math.max(0, minute - 60L));
    }
  }
}
