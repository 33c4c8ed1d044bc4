package org.linli.hub.history.questdb;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.stream.IntStream;
import org.linli.hub.history.Happened;
import org.linli.program.thread.LivingThreads;

/**
 * A process to be killed: appends ten events at a time and says after each time how many so far.
 */
final class QuestDbVictim {

  static final int BATCH = 10;
  static final Instant START = Instant.parse("2026-11-23T04:00:00Z");

  private QuestDbVictim() {}

  public static void main(String[] arguments) {
    try (QuestDbStore store =
        QuestDbStore.open(
            Path.of(arguments[0]),
            Clock.systemUTC(),
            new SimpleMeterRegistry(),
            new LivingThreads(Clock.systemUTC()))) {
      for (int stored = 0; ; stored += BATCH) {
        System.out.println(stored);
        store.append(
            IntStream.rangeClosed(stored + 1, stored + BATCH)
                .mapToObj(
                    i ->
                        Happened.door("door-" + i % 3, START.plusSeconds(i * 60L))
                            .order(i)
                            .with("n", i)
                            .asApplied())
                .toList());
      }
    }
  }
}
