package org.linli.hub.history.questdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.DeviceId;
import org.linli.hub.history.EventPage;
import org.linli.hub.history.EventQuery;
import org.linli.hub.history.SeriesPoint;
import org.linli.hub.history.SeriesQuery;
import org.linli.hub.history.StoredEvent;
import org.linli.hub.registry.DeviceKey;
import org.linli.hub.registry.TestCommunities;
import org.linli.program.thread.LivingThreads;

@Tag("slow")
class QuestDbKillTest {

  @Test
  void hasEverythingItAnsweredForAfterItWasKilled(@TempDir Path parent) throws Exception {
    Path folder = parent.resolve("questdb");
    int answered = 0;
    for (int round = 0; round < 2; round++) {
      answered = Math.max(answered, killedAfter(60 + round * 130, folder));
    }
    int expected = answered;

    try (QuestDbStore store =
        QuestDbStore.open(
            folder,
            Clock.systemUTC(),
            new SimpleMeterRegistry(),
            new LivingThreads(Clock.systemUTC()))) {
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(orders(store)).hasSizeGreaterThanOrEqualTo(expected));
      List<Long> orders = orders(store);
      assertThat(orders).doesNotHaveDuplicates().contains(1L, (long) expected);
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(readings(store)).isGreaterThanOrEqualTo(expected));
    }
  }

  private static int killedAfter(int events, Path folder) throws IOException, InterruptedException {
    Path answers = Files.createTempFile(folder.getParent(), "answers", ".txt");
    Process victim =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                QuestDbVictim.class.getName(),
                folder.toString())
            .redirectOutput(answers.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      await()
          .atMost(Duration.ofMinutes(2))
          .pollInterval(Duration.ofMillis(5))
          .until(() -> !victim.isAlive() || lastAnswer(answers) >= events);
      assertThat(victim.isAlive()).as("the victim ended by itself").isTrue();
    } finally {
      victim.destroyForcibly();
    }
    assertThat(victim.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return lastAnswer(answers);
  }

  /** The last line that is whole: the process may have been killed within one. */
  private static int lastAnswer(Path answers) throws IOException {
    String text = Files.readString(answers);
    List<String> whole = text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    return whole.isEmpty() ? 0 : Integer.parseInt(whole.getLast());
  }

  private static List<Long> orders(QuestDbStore store) {
    EventPage page = store.find(EventQuery.newest(1000));
    return page.items().stream().map(StoredEvent::order).toList();
  }

  private static long readings(QuestDbStore store) {
    long count = 0;
    for (int device = 0; device < 3; device++) {
      count +=
          store
              .series(
                  new SeriesQuery(
                      new DeviceKey(TestCommunities.SAMPLE, new DeviceId("door-" + device)),
                      "n",
                      QuestDbVictim.START,
                      QuestDbVictim.START.plus(Duration.ofDays(30)),
                      1))
              .stream()
              .mapToLong(SeriesPoint::count)
              .sum();
    }
    return count;
  }
}
