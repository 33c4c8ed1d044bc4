package org.linli.hub.history.questdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.questdb.cairo.sql.TableReferenceOutOfDateException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.hub.history.BoundedNames;
import org.linli.hub.history.HistoryUnavailableException;
import org.linli.program.thread.LivingThreads;

/** Statements on tables that change meanwhile. */
class EngineTest {

  private static final int CHANGES = 300;

  @TempDir private Path folder;
  private Engine engine;
  private Applier applier;

  @BeforeEach
  void open() {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    InstantSource clock = InstantSource.system();
    engine = Engine.open(folder, new LockedFiles(), BoundedNames.ofNobody(clock, meters));
    applier =
        new Applier(engine, meters, new LivingThreads(clock), Duration.ofSeconds(5), () -> {});
    applier.start();
  }

  @AfterEach
  void close() {
    applier.close();
    engine.close();
  }

  @Test
  void readsWhileRoomIsMadeForMoreNames() {
    insert();
    CompletableFuture<Void> changed =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < CHANGES; i++) {
                engine.execute(
                    "ALTER TABLE series ALTER COLUMN metric SYMBOL CAPACITY "
                        + (i % 2 == 0 ? 512 : 1024));
                applier.committed();
              }
            });
    while (!changed.isDone()) {
      assertThat(metrics()).isOne();
    }
    changed.join();
  }

  @Test
  void readsNoRowTwiceWhenTheTableChangesBetweenTwoRows() {
    insert();
    assertThatThrownBy(
            () ->
                engine.select(
                    "SELECT metric FROM series",
                    values -> {},
                    row -> {
                      throw TableReferenceOutOfDateException.of("series");
                    }))
        .isInstanceOf(HistoryUnavailableException.class)
        .hasMessageContaining("cannot be read");
  }

  private void insert() {
    engine.execute("INSERT INTO series VALUES ('2026-11-23T04:00:00Z', 'lift-1', 'speed', 1.5)");
    applier.committed();
    await().until(() -> metrics() == 1);
  }

  private int metrics() {
    AtomicInteger rows = new AtomicInteger();
    engine.select(
        "SELECT DISTINCT metric FROM series WHERE device = $1",
        values -> values.setStr(0, "lift-1"),
        row -> rows.incrementAndGet() > 0);
    return rows.get();
  }
}
