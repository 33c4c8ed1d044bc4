package org.linli.hub.history.questdb;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.linli.hub.history.HistoryContract;
import org.linli.hub.history.HistoryStore;
import org.linli.program.thread.LivingThreads;

class QuestDbStoreTest implements HistoryContract {

  private static final Instant STORED_AT = HistoryContract.NOON.plusMillis(50);

  private QuestDbStore store;

  @BeforeEach
  void open(@TempDir Path folder) {
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
}
