package org.linli.hub.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.event.Kind;
import org.linli.hub.RunningHub;
import org.linli.hub.records.OfSqlite;
import org.linli.hub.records.TestRecords;

/** {@code hub.jar verify} beside a running hub, and on records with a fault of each kind. */
class VerifyCommandTest {

  private static final String ALERT =
      """
      INSERT INTO alert (id, alert_key, device, kind, type, gateway, severity, title_zh, title_en,
        event, happened_at, opened_at, last_seen_at, seen, status, community)
      VALUES ('%1$s', 'smoke', 'door-1', 'smoke', 'smoke', 'gateway-1', 'critical', '烟', 'Smoke',
        'e1', 1, 1, 1, 1, '%2$s', 'east')
      """;

  private static final String ENTRY =
      """
      INSERT INTO alert_timeline (alert, position, at, done_by, what, channel)
      VALUES ('%s', %d, 1, 'hub', 'opened', 'hub')
      """;

  private static final String BATCH =
      """
      INSERT INTO journal (id, received_at, events, repeats, late, payload, community)
      SELECT %d, 1, 1, payload, payload, payload, 'east' FROM sample
      """;

  @TempDir Path folder;

  private final Commands commands = new Commands();

  private int verify(String language) {
    return commands.run(folder, Map.of("LANG", language), "verify");
  }

  /** Puts what a hub would have there: one batch, one alert, one watermark. */
  private static void fill(TestRecords records) {
    records.jdbc().update("INSERT INTO community (id, earlier) VALUES ('east', 0)");
    records.jdbc().execute("CREATE TABLE sample (payload BYTEA NOT NULL)");
    records.jdbc().update("INSERT INTO sample (payload) VALUES (?)", (Object) new byte[] {1, 2});
    for (int id = 3; id <= 5; id++) {
      records.jdbc().update(BATCH.formatted(id));
    }
    records.jdbc().update("UPDATE journal_position SET last_id = 5");
    records.jdbc().update("UPDATE archive SET carried = 4, kept_bytes = 4, lacks = 1");
    records.jdbc().update(ALERT.formatted("a1", "open"));
    records.jdbc().update(ENTRY.formatted("a1", 0));
    records.jdbc().update(ENTRY.formatted("a1", 1));
    records.jdbc().update("INSERT INTO intake_count VALUES ('gateway-1', 5, 3, 1, 1, 0)");
    records
        .jdbc()
        .update(
            "INSERT INTO watermark (gateway, epoch, lane, sequence, digest, applied, taken, shed,"
                + " moved_at) VALUES ('gateway-1', 1, 'bulk', 3, '"
                + "ab".repeat(16)
                + "', 3, 3, 0, 1)");
  }

  @Test
  void findsNothingWrongWhileAHubRuns() throws Exception {
    try (RunningHub hub = RunningHub.start(folder)) {
      hub.gateway().reports("door-1", Kind.ACCESS, "door.forced");
      assertThat(verify("C")).as(() -> commands.printed()).isZero();
    }
    assertThat(commands.out()).singleElement().asString().matches("The records in .+ are whole\\.");
    assertThat(commands.err()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          journal 4: this batch is missing                 | DELETE FROM journal WHERE id = 4
          journal 5: this batch is missing                 | DELETE FROM journal WHERE id = 5
          archive carried = 4: batches after this one      | DELETE FROM journal
          archive carried = 9: batches after this one      | UPDATE archive SET carried = 9
          journal 5: its number is beyond                  | UPDATE journal_position SET last_id = 4
          archive kept_bytes = 5: the archive has another  | UPDATE archive SET kept_bytes = 5
          archive again_next = NULL: what is to be given   | UPDATE archive SET again_last = 3
          journal 3: no such community                     | UPDATE journal SET community = 'west' WHERE id = 3
          journal 3: no such community                     | UPDATE journal SET community = NULL WHERE id = 3
          alert west: no such community                    | UPDATE alert SET community = 'west'
          change 7/a1: its number is beyond                | INSERT INTO change (id, at, kind, subject, version) VALUES (7, 1, 'alert', 'a1', 1)
          change_reader feed: it stands beyond             | INSERT INTO change_reader (name, position) VALUES ('feed', 1)
          watermark gateway-1/1/slow: no gateway can have  | UPDATE watermark SET lane = 'slow'
          watermark gateway-1/1/bulk: nothing is counted   | DELETE FROM intake_count
          intake_count gateway-1: received is not          | UPDATE intake_count SET received = 6
          applied_events gateway-1/1: it does not have as  | INSERT INTO applied_events (gateway, number, epoch, newest_taken_at, events, prints) VALUES ('gateway-1', 1, 1, 1, 2, 'AAAAAAAAAAA')
          alert a1: its status does not go with            | UPDATE alert SET status = 'resolved'
          alert a1: the beginning of its timeline          | DELETE FROM alert_timeline WHERE position = 0
          alert_timeline a1: an entry is missing           | UPDATE alert_timeline SET position = 2 WHERE position = 1
          running_time id = 1: there is not exactly        | DELETE FROM running_time
          flyway_schema_history 999 (later): a newer Linli | INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, installed_by, execution_time, success) VALUES (99, '999', 'later', 'SQL', 'V999__later.sql', 'x', 1, true)
          """)
  void namesEachFaultByTableAndKey(String line, String mischief) throws IOException {
    try (TestRecords records = new TestRecords(folder)) {
      fill(records);
      assertThat(verify("C")).as(() -> commands.printed()).isZero();
      records.jdbc().update(mischief);
    }
    assertThat(verify("C")).isEqualTo(ExitCode.REFUSED);
    assertThat(commands.out())
        .anySatisfy(printed -> assertThat(printed).startsWith("  " + line))
        .last()
        .asString()
        .startsWith("Keep a copy of them as they are now.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hub-2026-11-26-archive.db",
        "hub-2026-11-29-bounds.db",
        "hub-2026-11-29-changes.db",
        "hub-2026-11-30-communities.db"
      })
  @OfSqlite
  void findsNothingWrongInRecordsOfAnEarlierVersionOnceTheyWereOpened(String fixture)
      throws IOException {
    try (InputStream in = TestRecords.class.getResourceAsStream(fixture)) {
      Files.copy(Objects.requireNonNull(in), folder.resolve("hub.db"));
    }
    assertThat(verify("C")).as(() -> commands.printed()).isEqualTo(ExitCode.REFUSED);
    new TestRecords(folder).close();
    assertThat(verify("C")).as(() -> commands.printed()).isZero();
  }

  @Test
  void findsTwoUnresolvedAlertsOfOneKey() {
    try (TestRecords records = new TestRecords(folder)) {
      fill(records);
      records.jdbc().execute("DROP INDEX alert_unresolved");
      records.jdbc().update(ALERT.formatted("a2", "open"));
      records.jdbc().update(ENTRY.formatted("a2", 0));
    }
    assertThat(verify("zh_CN.UTF-8")).isEqualTo(ExitCode.REFUSED);
    assertThat(commands.out())
        .satisfiesExactly(
            line -> assertThat(line).endsWith("中的数据有问题，共 1 处："),
            line -> assertThat(line).isEqualTo("  alert east/door-1/smoke: 同一设备、同一告警项有多条未解决的告警"),
            line -> assertThat(line).startsWith("请先把现在的数据原样复制一份。"));
  }

  @Test
  void namesTheFirstOfManyFaultsAndCountsTheOthers() {
    try (TestRecords records = new TestRecords(folder)) {
      fill(records);
      for (int id = 10; id < 35; id++) {
        records
            .jdbc()
            .update(
                ALERT
                    .formatted("b" + id, "open")
                    .replace("'smoke', 'door", "'smoke-" + id + "', 'door"));
      }
    }
    assertThat(verify("C")).isEqualTo(ExitCode.REFUSED);
    assertThat(commands.out().getFirst()).endsWith("have faults, 25 in all:");
    assertThat(commands.out()).hasSize(23).contains("  and 5 more.");
  }

  @Test
  @OfSqlite
  void findsATornFile() throws IOException {
    try (TestRecords records = new TestRecords(folder)) {
      fill(records);
    }
    Path file = folder.resolve("hub.db");
    byte[] noise = new byte[2 * 4096];
    Arrays.fill(noise, (byte) 0x5a);
    try (SeekableByteChannel channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
      channel.position(12 * 4096L);
      channel.write(ByteBuffer.wrap(noise));
    }
    assertThat(verify("C")).isEqualTo(ExitCode.REFUSED);
    assertThat(commands.out())
        .anySatisfy(line -> assertThat(line).endsWith(": the file is damaged"));
  }

  @Test
  @OfSqlite
  void refusesWhereThereAreNoRecords() {
    assertThat(verify("C")).isEqualTo(ExitCode.REFUSED);
    assertThat(commands.err())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .isEqualTo(
                        "There are no records: "
                            + folder.resolve("hub.db")
                            + " is missing or empty."),
            line -> assertThat(line).startsWith("Set LINLI_DATA to the hub's data folder"));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void refusesASettingThatCannotBeUsedAndShowsNoPassword() {
    assertThat(
            commands.run(
                Map.ofEntries(
                    entry("LANG", "C"),
                    entry("LINLI_DATABASE_URL", "jdbc:postgresql://u:secret@host/linli")),
                "verify"))
        .isEqualTo(ExitCode.REFUSED);
    assertThat(commands.err().getFirst()).startsWith("LINLI_DATABASE_URL has a user or a password");
    assertThat(commands.printed()).doesNotContain("secret");
  }
}
