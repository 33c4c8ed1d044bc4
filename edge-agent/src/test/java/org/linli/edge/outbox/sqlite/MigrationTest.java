package org.linli.edge.outbox.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.linli.edge.outbox.sqlite.Offered.bulk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.intake.DeviceSessions.Opened;
import org.linli.edge.intake.DeviceSessions.Opening;
import org.linli.edge.outbox.DeadLetter;
import org.linli.edge.outbox.DeadLetterQuery;
import org.linli.edge.outbox.Ledger;
import org.linli.edge.profile.StateChange;
import org.linli.event.Batch;
import org.linli.event.DeviceId;
import org.linli.event.Lane;
import org.linli.event.ShedRange;
import org.springframework.util.unit.DataSize;

/** Opens what older versions wrote; {@link FixtureMaker} says what is in it. */
class MigrationTest {

  private static final Duration YEAR = Duration.ofDays(365);

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
  @ValueSource(
      strings = {
        "outbox-v4.db.gz",
        "outbox-v5.db.gz",
        "outbox-v6.db.gz",
        "outbox-v7.db.gz",
        "outbox-v8.db.gz",
        "outbox-v9.db.gz",
        "outbox-v10.db.gz",
        "outbox-v11.db.gz"
      })
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
      assertThat(opened.outbox().deadLetters(10))
          .singleElement()
          .extracting(DeadLetter::address)
          .isEqualTo(fixture.matches("outbox-v1\\d.*") ? "linli/elevator/lift-1" : null);

      opened.now.set(Offered.AT.plus(YEAR));
      assertThat(opened.offer(bulk("lift-1", "b6"))).isEqualTo("taken");
      assertThat(opened.outbox().ledger().repeated()).isEqualTo(1);
      opened.outbox().receipted(Lane.BULK, batch.last());
      await().untilAsserted(() -> assertThat(opened.outbox().ledger().receipted()).isEqualTo(10));
      assertThat(opened.outbox().ledger().balances()).isTrue();
      assertThat(opened.outbox().losses(1).most()).isEmpty();
    }
  }

  /** The command reads the folder of an agent of an earlier version too, and changes nothing. */
  @Test
  void readsTheDeadLettersOfADatabaseThatIsNotMigrated() throws IOException {
    unpack("outbox-v9.db.gz");
    byte[] before = Files.readAllBytes(folder.resolve("outbox.db"));

    assertThat(DeadLetterFile.read(folder, DeadLetterQuery.newest(9)))
        .singleElement()
        .satisfies(letter -> assertThat(letter.address()).isNull());
    assertThat(Files.readAllBytes(folder.resolve("outbox.db"))).isEqualTo(before);
  }

  @Test
  void knowsNoStatesOfAnOlderDatabaseAndThoseOfThisOne() throws IOException {
    unpack("outbox-v7.db.gz");
    try (OpenedOutbox opened = new OpenedOutbox(folder)) {
      assertThat(opened.outbox().states().take()).isEmpty();
    }
    Files.delete(folder.resolve("outbox.db"));
    unpack("outbox-v8.db.gz");
    try (OpenedOutbox opened = new OpenedOutbox(folder)) {
      assertThat(opened.outbox().states().take())
          .containsExactly(
              new StateChange.Known(
                  "zigbee2mqtt", new DeviceId("leak-1"), "water_leak", "true", Offered.AT, 1));
      assertThat(opened.outbox().states().take()).as("held no longer").isEmpty();
    }
  }

  /** Where an older agent had saved its row, and its session ended by a clock that was wrong. */
  @ParameterizedTest
  @ValueSource(longs = {0, 1_700_000_000L, 4_000_000_000L})
  void remembersForADayWhatAnotherVersionRememberedWhateverTheClockSaid(long second)
      throws Exception {
    unpack("outbox-v6.db.gz");
    String ids = id("a1", second) + id("a2", second);
    try (Connection writer =
        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("outbox.db"))) {
      OutboxDatabase.execute(
          writer,
          "UPDATE device SET ids = x'" + ids + "', saved_at = 1000000 WHERE name = 'lift-1'");
      OutboxDatabase.execute(
          writer,
          "INSERT INTO mqtt_session (client, expiry, ended_at) VALUES ('lift-1', 86400, "
              + second * 1_000
              + ")");
    }
    try (OpenedOutbox opened = new OpenedOutbox(folder)) {
      Opening opening = new Opening("lift-1", false, Duration.ofDays(1), 10);
      Opened session = opened.outbox().sessions().open(opening).join();
      assertThat(session.present()).isTrue();
      opened.offer(bulk("lift-1", "a1"));
      opened.run(Duration.ofDays(1));
      opened.offer(bulk("lift-1", "a2"));
      assertThat(opened.outbox().ledger().repeated()).isEqualTo(2);
      opened.run(Duration.ofSeconds(1));
      opened.offer(bulk("lift-1", "a1"));
      assertThat(opened.outbox().ledger().repeated()).as("a day is over").isEqualTo(2);
    }
  }

  private static String id(String id, long second) throws NoSuchAlgorithmException {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
    byte[] saved = ByteBuffer.allocate(12).put(hash, 0, Long.BYTES).putInt((int) second).array();
    return HexFormat.of().formatHex(saved);
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
