package org.linli.edge.outbox.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.outbox.Ledger;
import org.linli.edge.outbox.OutboxSettings;
import org.linli.event.Lane;

/** Opens what an earlier version left that remembered every device that it ever heard. */
@Tag("thorough")
class MillionDevicesTest {

  static final int DEVICES = 1_000_000;

  /** As many events as the log of identities has at most, each of another device. */
  private static final int LOGGED = 150_000;

  private static final int IN_LINE = 1_000;

  /** Makes a name the longest that there is. */
  private static final String LONG = "邻".repeat(112);

  static final String NEWEST = "invented-%07d".formatted(DEVICES) + LONG;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {4, 5, 6})
  void opensWithTheHeapOfAGatewayAndLosesNothing(int version) throws Exception {
    unpack(version);
    fill(version);
    killWhileItIsBroughtToThisVersion();
    assertThat(number("SELECT count(*) FROM device")).isEqualTo(DEVICES + 3);
    assertThat(number("SELECT count(*) FROM urgent_row")).isEqualTo(6);

    List<String> said = new ArrayList<>();
    Process agent = agent();
    try (BufferedReader lines = agent.inputReader(StandardCharsets.UTF_8)) {
      lines.lines().forEach(said::add);
    } finally {
      agent.destroyForcibly();
    }
    assertThat(agent.waitFor()).as(String.join("\n", said)).isZero();
    assertThat(said)
        .contains("said: repeated 2")
        .anyMatch(line -> line.startsWith("said: forgotten "));

    assertThat(number("SELECT count(*) FROM device"))
        .isLessThanOrEqualTo(OutboxSettings.DEFAULTS.rememberedUnregistered());
    if (version > 4) {
      assertThat(number("SELECT sum(events) FROM shed_device")).isEqualTo(3_000);
      assertThat(number("SELECT events FROM shed_device WHERE ref = 0")).isEqualTo(3_000);
    }
    try (OpenedOutbox opened = new OpenedOutbox(folder)) {
      Ledger ledger = opened.outbox().ledger();
      assertThat(ledger.balances()).isTrue();
      assertThat(ledger.lanes().get(Lane.URGENT))
          .isEqualTo(new Ledger.LaneFigures(6, 6, 0, 0, 6, 6));
      assertThat(opened.offer(Offered.bulk(NEWEST, "newest"))).isEqualTo("taken");
      assertThat(opened.outbox().ledger().repeated()).isEqualTo(3);
    }
  }

  private void unpack(int version) throws IOException {
    String fixture = "outbox-v" + version + ".db.gz";
    try (InputStream in =
        new GZIPInputStream(
            Objects.requireNonNull(
                MillionDevicesTest.class.getResourceAsStream(fixture), fixture))) {
      Files.copy(in, folder.resolve("outbox.db"));
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("outbox.db"));
  }

  private long number(String sql) throws SQLException {
    try (Connection connection = connect()) {
      return OutboxDatabase.number(connection, sql);
    }
  }

  /** A million devices with an id each; of the newest, with long names, the log tells more. */
  private void fill(int version) throws Exception {
    try (Connection writer = connect()) {
      long line = OutboxDatabase.number(writer, "SELECT max(number) FROM identity_log");
      long last = OutboxDatabase.number(writer, "SELECT max(ref) FROM device");
      OutboxDatabase.execute(writer, "BEGIN");
      OutboxDatabase.execute(
          writer,
          """
          WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
          INSERT INTO device (ref, name, last_order, saved_at, ids)
          SELECT %d + i, printf('invented-%%07d', i) || iif(i > %d, '%s', ''), 1, %d, randomblob(12)
          FROM n\
          """
              .formatted(DEVICES, last, DEVICES - LOGGED, LONG, line));
      IdentityLog log = new IdentityLog(writer);
      long ref = last + DEVICES - LOGGED;
      for (int i = 1; i <= LOGGED / IN_LINE; i++) {
        for (int j = 0; j < IN_LINE; j++) {
          ref++;
          log.add(ref, ref == last + DEVICES ? hash("newest") : Long.valueOf(ref));
        }
        log.write(line + i, 1_795_410_960);
      }
      if (version > 4) {
        OutboxDatabase.execute(
            writer,
            "INSERT INTO shed_device SELECT ref, 3 FROM device WHERE ref > "
                + last
                + " ORDER BY ref LIMIT 1000");
      }
      OutboxDatabase.execute(writer, "COMMIT");
    }
  }

  private static Long hash(String id) throws Exception {
    return ByteBuffer.wrap(
            MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8)))
        .getLong();
  }

  private Process agent() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            UpgradingAgent.class.getName(),
            folder.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Once it writes, and before it is open. */
  private void killWhileItIsBroughtToThisVersion() throws Exception {
    Process agent = agent();
    Path written = folder.resolve("outbox.db-wal");
    try {
      while (agent.isAlive() && (!Files.exists(written) || Files.size(written) == 0)) {
        Thread.onSpinWait();
      }
    } finally {
      agent.toHandle().destroyForcibly();
    }
    assertThat(agent.waitFor()).as("killed, not ended").isEqualTo(137);
  }
}
