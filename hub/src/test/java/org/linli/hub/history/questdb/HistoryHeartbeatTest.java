package org.linli.hub.history.questdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.hub.history.Happened;
import org.linli.program.thread.LivingThreads;

/** The thread that makes committed rows readable is believed by its signs of life. */
class HistoryHeartbeatTest {

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  @TempDir Path folder;

  @Test
  void saysThatNothingBecomesReadableAndTakesThatBack() {
    AtomicLong nanos = new AtomicLong();
    LivingThreads threads = new LivingThreads(InstantSource.fixed(NOON), nanos::get);
    try (QuestDbStore store =
        QuestDbStore.open(
            folder.resolve("questdb"),
            InstantSource.fixed(NOON),
            new SimpleMeterRegistry(),
            threads,
            new LockedFiles(),
            Duration.ofMinutes(10))) {
      await()
          .untilAsserted(
              () -> {
                // Its first look may come after the first of these.
                nanos.addAndGet(Duration.ofHours(1).toNanos());
                assertThat(threads.problems())
                    .anyMatch(
                        problem ->
                            problem.startsWith("history-apply has given no sign of life for"));
              });

      store.append(List.of(Happened.door("door-1", NOON).asApplied()));
      await().untilAsserted(() -> assertThat(threads.problems()).isEmpty());
    }
  }
}
