package org.linli.edge.outbox.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.linli.edge.outbox.sqlite.Offered.bulk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.outbox.Ledger;
import org.linli.event.Batch;
import org.linli.event.Lane;
import org.linli.event.ShedRange;
import org.springframework.util.unit.DataSize;

/** Opens what older versions wrote; {@link FixtureMaker} says what is in it. */
class MigrationTest {

  @TempDir private Path folder;

  private void unpack(String fixture) throws IOException {
    try (InputStream in =
        new GZIPInputStream(
            Objects.requireNonNull(MigrationTest.class.getResourceAsStream(fixture), fixture))) {
      Files.copy(in, folder.resolve("outbox.db"));
    }
  }

  @Test
  void hasADatabaseThatThisVersionLeaves() {
    assertThat(MigrationTest.class.getResource("outbox-v" + Schema.VERSION + ".db.gz"))
        .as("written by FixtureMaker, so that every later version is held to opening it")
        .isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"outbox-v4.db.gz", "outbox-v5.db.gz", "outbox-v6.db.gz"})
  void findsEveryEventOfADatabaseThatAnotherVersionLeft(String fixture) throws IOException {
    unpack(fixture);
    try (OpenedOutbox opened = new OpenedOutbox(folder)) {
      assertThat(opened.outbox().ledger())
          .isEqualTo(
              new Ledger(
                  19,
                  18,
                  1,
                  0,
                  4,
                  12,
                  2,
                  Map.of(
                      Lane.URGENT,
                      new Ledger.LaneFigures(6, 0, 6, 0, 6, 0),
                      Lane.BULK,
                      new Ledger.LaneFigures(12, 4, 6, 2, 6, 2))));
      assertThat(OpenedOutbox.ids(opened.waiting(Lane.URGENT)))
          .containsExactly("u1", "u2", "u3", "u4", "u5", "u6");
      opened.outbox().settle(Map.of(Lane.BULK, 2L));
      Batch batch = opened.outbox().next(Lane.BULK, 2, 100).orElseThrow();
      assertThat(OpenedOutbox.ids(batch.events()))
          .containsExactly("m3", "b3", "m5", "b5", "m6", "b6");
      assertThat(batch.shed()).containsExactly(new ShedRange(4, 4, Map.of()));
      assertThat(batch.ledger().shed()).isEqualTo(2);
      assertThat(opened.outbox().deadLetters(10)).hasSize(1);

      assertThat(opened.offer(bulk("lift-1", "b6"))).isEqualTo("taken");
      assertThat(opened.outbox().ledger().repeated()).isEqualTo(1);
      opened.outbox().receipted(Lane.BULK, batch.last());
      await().untilAsserted(() -> assertThat(opened.outbox().ledger().receipted()).isEqualTo(10));
      assertThat(opened.outbox().ledger().balances()).isTrue();
      assertThat(opened.outbox().losses(1).most()).isEmpty();
    }
  }

  @Test
  void makesAFileThatCannotShrinkShrinkable() throws Exception {
    unpack("outbox-v4.db.gz");
    try (Connection writer =
        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("outbox.db"))) {
      OutboxDatabase.execute(writer, "PRAGMA auto_vacuum = NONE");
      OutboxDatabase.execute(writer, "VACUUM");
      assertThat(OutboxDatabase.number(writer, "PRAGMA auto_vacuum")).isZero();
    }
    try (OpenedOutbox opened = new OpenedOutbox(folder)) {
      assertThat(opened.number("PRAGMA auto_vacuum")).isEqualTo(2);
      assertThat(opened.outbox().ledger().queued()).isEqualTo(12);
    }
  }

  @Test
  void countsByDeviceWhatItGivesUpOfAnOlderDatabase() throws IOException {
    unpack("outbox-v4.db.gz");
    try (OpenedOutbox opened =
        new OpenedOutbox(
            folder,
            OpenedOutbox.small(
                DataSize.ofMegabytes(4), Duration.ofMinutes(2), DataSize.ofKilobytes(64)))) {
      for (int minute = 0; minute < 4; minute++) {
        opened.offer(bulk("lift-9", null));
        opened.now.updateAndGet(now -> now.plusSeconds(60));
      }
      assertThat(opened.outbox().losses(10).most())
          .extracting(loss -> loss.device() + " " + loss.events())
          .contains("lift-2 6", "lift-1 3", "meter-1 3");
    }
  }
}
