package org.linli.program.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class HeartbeatTest {

  private static final Instant NOW = Instant.parse("2026-11-29T01:20:00Z");

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final LivingThreads threads = new LivingThreads(InstantSource.fixed(NOW), nanos::get);

  @Test
  void whatGivesNoSignOfLifeTakesHealthDownAndIsToldOnceUntilItBeatsAgain() {
    try (Heartbeat loop = threads.heartbeat("event-loop-3", Duration.ofSeconds(10))) {
      assertThat(health().getStatus()).isEqualTo(Status.UP);
      assertThat(health().getDetails()).containsEntry("event-loop-3", Guard.WORKS);

      secondsPass(10);
      assertThat(loop.problem()).isNull();
      secondsPass(2);
      assertThat(loop.problem()).isEqualTo("event-loop-3 has given no sign of life for 12 s");
      assertThat(health().getStatus().getCode()).isEqualTo(Status.DOWN.getCode());
      assertThat(health().getStatus().getDescription()).isEqualTo(loop.problem());
      Failure told = new Failure("event-loop-3", null, "no sign of life for 10 s", NOW);
      assertThat(threads.untold()).containsExactly(told);
      threads.told(told);
      threads.lookAtHeartbeats();
      assertThat(threads.untold()).isEmpty();

      loop.beat();
      assertThat(health().getStatus()).isEqualTo(Status.UP);
      threads.lookAtHeartbeats();
      secondsPass(12);
      threads.lookAtHeartbeats();
      assertThat(threads.untold()).containsExactly(told);
    }
    assertThat(health().getStatus()).isEqualTo(Status.UP);
    assertThat(threads.standings()).isEmpty();
  }

  @Test
  void aProgramThatStoodStillAsAWholeIsNotTakenForDead() {
    try (Heartbeat loop = threads.heartbeat("event-loop-3", Duration.ofSeconds(10))) {
      nanos.addAndGet(TimeUnit.HOURS.toNanos(1));
      threads.lookAtHeartbeats();
      assertThat(threads.untold()).isEmpty();
      loop.beat();
      threads.lookAtHeartbeats();
      assertThat(threads.untold()).isEmpty();
    }
  }

  @Test
  void aThreadThatHangsIsNoticedAlthoughNothingWasThrown() {
    CountDownLatch hang = new CountDownLatch(1);
    CountDownLatch hangs = new CountDownLatch(1);
    LivingThreads real = new LivingThreads(InstantSource.fixed(NOW));
    LivingThread thread =
        real.start(
            LivingThreads.Make.DAEMON,
            "worker",
            Duration.ofMillis(100),
            own -> {
              own.pause(Duration.ofMillis(500));
              hangs.countDown();
              hang.await();
            });
    await().until(() -> hangs.getCount() == 0);
    await().until(() -> thread.silence() != null);
    assertThat(new ThreadsHealth(real).health().getStatus().getCode())
        .isEqualTo(Status.DOWN.getCode());
    await().until(() -> real.untold().size() == 1);
    hang.countDown();
    thread.join();
    assertThat(real.standings()).isEmpty();
  }

  @Test
  void aThreadThatPausesForLongGivesSignsOfLife() {
    LivingThreads real = new LivingThreads(InstantSource.fixed(NOW));
    LivingThread thread =
        real.start(
            LivingThreads.Make.VIRTUAL,
            "pausing",
            Duration.ofSeconds(1),
            own -> own.pause(Duration.ofMinutes(5)));
    await()
        .during(Duration.ofSeconds(2))
        .atMost(Duration.ofSeconds(4))
        .until(() -> thread.silence() == null);
    thread.end();
    thread.join();
  }

  private Health health() {
    return new ThreadsHealth(threads).health();
  }

  /** In steps in which the thread that watches would look. */
  private void secondsPass(int seconds) {
    for (int i = 0; i < seconds; i++) {
      nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
      threads.lookAtHeartbeats();
    }
  }
}
