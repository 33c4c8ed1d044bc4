package org.linli.hub.history.questdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.hub.history.EventQuery;
import org.linli.hub.history.Happened;
import org.linli.hub.history.HistoryContract;
import org.linli.hub.history.HistoryStore;
import org.linli.hub.intake.HubEvent;
import org.linli.program.thread.LivingThreads;

class QuestDbStoreTest implements HistoryContract {

  private static final Instant STORED_AT = HistoryContract.NOON.plusMillis(50);

  private QuestDbStore store;
  private Path folder;

  @BeforeEach
  void open(@TempDir Path folder) {
    this.folder = folder;
    store =
        QuestDbStore.open(
            folder,
            InstantSource.fixed(STORED_AT),
            new SimpleMeterRegistry(),
            new LivingThreads(InstantSource.system()));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Override
  public HistoryStore store() {
    return store;
  }

  @Override
  public Instant storedAt() {
    return STORED_AT;
  }

  /** Two thousand days of times in one batch, as a hostile gateway may invent. */
  @Test
  void makesFewPartsOfManyInventedDays() throws IOException {
    List<HubEvent> batch = new ArrayList<>();
    for (int day = 0; day < 2_000; day++) {
      HubEvent event =
          Happened.door("door-1", Instant.EPOCH.plus(Duration.ofDays(day + 1L)))
              .order(day + 1L)
              .with("t", day)
              .asApplied();
      batch.add(
          new HubEvent(
              event.id(), event.gateway(), 1, event.lane(), event.taken(), NOON, event.late()));
    }
    store.append(batch);
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> store.find(EventQuery.newest(1000)).items().size() == 1000);

    try (Stream<Path> all = Files.walk(folder)) {
      assertThat(all.filter(Files::isDirectory)).hasSizeLessThan(100);
    }
  }
}
