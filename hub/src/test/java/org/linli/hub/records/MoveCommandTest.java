package org.linli.hub.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.Kind;
import org.linli.hub.RunningHub;
import org.linli.hub.command.ChildCommand;
import org.linli.hub.command.Commands;
import org.postgresql.ds.PGSimpleDataSource;

/** {@code hub.jar move} to a real PostgreSQL: everything is there, or no hub starts on it. */
@OfSqlite
@Timeout(120)
class MoveCommandTest {

  private static final Random RANDOM = new Random(7);

  @TempDir Path parent;

  private final Commands commands = new Commands();
  private Path folder;
  private PostgresServer server;
  private String database;

  @BeforeEach
  void makeDatabase() {
    folder = parent.resolve("hub");
    server = TestDatabase.server();
    database = "move_" + System.nanoTime();
    server.run("postgres", "CREATE DATABASE " + database);
  }

  private String url() {
    return server.url(database);
  }

  /** As the hub writes it. */
  private String address() {
    return "127.0.0.1:%d/%s".formatted(server.port(), database);
  }

  private Map<String, String> variables() {
    Map<String, String> variables = new HashMap<>(Commands.variables(folder));
    variables.put("LANG", "C");
    variables.put("LINLI_DATABASE_USER", PostgresServer.SUPERUSER);
    return variables;
  }

  private int move() {
    return commands.run(variables(), "move", "--to", url());
  }

  private RunningHub onPostgresql() {
    return RunningHub.start(
        folder,
        "--linli.database-url=" + url(),
        "--linli.database-user=" + PostgresServer.SUPERUSER);
  }

  private void filled(int batches, int bytes) {
    try (TestRecords records = new TestRecords(folder)) {
      records.jdbc().update("INSERT INTO community (id, earlier) VALUES ('xiongguan', 1)");
      for (long id = 1; id <= batches; id++) {
        byte[] payload = new byte[bytes];
        RANDOM.nextBytes(payload);
        records
            .jdbc()
            .update(
                "INSERT INTO journal (id, received_at, events, repeats, late, payload, community)"
                    + " VALUES (?, 1760000000000, 1, ?, ?, ?, 'xiongguan')",
                id,
                new byte[0],
                new byte[] {1},
                payload);
      }
      records.jdbc().update("UPDATE journal_position SET last_id = ?", batches);
    }
  }

  private long rows(String table) {
    return Long.parseLong(server.ask(database, "SELECT COUNT(*) FROM " + table));
  }

  private boolean has(String table) {
    return server
        .ask(database, "SELECT to_regclass('%s') IS NOT NULL".formatted(table))
        .equals("t");
  }

  @Test
  void aHubGoesOnInPostgresqlWhereItEndedInSqlite() {
    String alert;
    try (RunningHub hub = RunningHub.start(folder)) {
      hub.gateway().reports("door-1", Kind.ACCESS, "door.forced");
      alert = hub.json("/api/v1/alerts").at("/items/0/id").asString();
    }
    assertThat(move()).as(() -> commands.printed()).isZero();
    assertThat(commands.out())
        .contains("  alert: 1 rows, the same in both")
        .last()
        .asString()
        .startsWith("The records are in 127.0.0.1:")
        .contains("Set LINLI_DATABASE_URL");
    assertThat(folder.resolve("hub.db")).doesNotExist();
    assertThat(folder.resolve("hub.db.moved")).exists();
    assertThat(has("unfinished_move")).isFalse();

    try (RunningHub hub = onPostgresql()) {
      assertThat(hub.json("/api/v1/alerts").at("/items/0/id").asString()).isEqualTo(alert);
      hub.gateway().inEpoch(2).reports("door-2", Kind.ACCESS, "door.forced");
      assertThat(hub.json("/api/v1/alerts").at("/items").size()).isEqualTo(2);
    }
    assertThatThrownBy(() -> RunningHub.start(folder))
        .rootCause()
        .hasMessageMatching("The records of .+ were moved to the PostgreSQL database 127.+");
    assertThat(move()).isEqualTo(1);
    assertThat(commands.err().getFirst()).startsWith("The records were moved to 127.0.0.1:");
  }

  @Test
  void theHubGoesBackWhenTheFileIsGivenItsNameAgain() throws IOException {
    filled(1, 10);
    assertThat(move()).as(() -> commands.printed()).isZero();
    Files.move(folder.resolve("hub.db.moved"), folder.resolve("hub.db"));
    try (RunningHub hub = RunningHub.start(folder)) {
      assertThat(hub.json("/api/v1/alerts").at("/items").size()).isZero();
    }
  }

  @Test
  void refusesWhileAHubRuns() {
    try (TestRecords _ = new TestRecords(folder)) {
      assertThat(move()).isEqualTo(1);
      assertThat(commands.err().getFirst()).startsWith("Another hub (process ");
    }
    assertThat(has("alert")).isFalse();
  }

  @Test
  void refusesATargetWithRecordsAndOneOfANewerVersion() {
    filled(1, 10);
    try (RunningHub hub =
        RunningHub.start(
            parent.resolve("other"),
            "--linli.database-url=" + url(),
            "--linli.database-user=" + PostgresServer.SUPERUSER)) {
      assertThat(hub.port()).isNotEmpty();
    }
    assertThat(move()).isEqualTo(1);
    assertThat(commands.err().getFirst()).contains("has records already");
    server.run(
        database,
        "INSERT INTO flyway_schema_history VALUES (99, '999', 'later', 'SQL', 'V999__later.sql',"
            + " 1, 'x', now(), 1, true)");
    assertThat(move()).isEqualTo(1);
    assertThat(commands.err().getFirst()).contains("are of a newer version");
    assertThat(folder.resolve("hub.db")).exists();
    assertThat(folder.resolve("hub.db.moving")).doesNotExist();
  }

  @Test
  void refusesATargetThatSomebodyWritesToMeanwhile() {
    filled(1, 10);
    server.run(
        database,
        """
        CREATE SCHEMA other
        """,
        """
        CREATE FUNCTION other.write() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN
          IF to_regclass('public.dead_letter') IS NOT NULL THEN
            INSERT INTO public.dead_letter (id, at, source, reason, detail, size, sample)
            VALUES ('theirs', 1, '', '', '', 1, '') ON CONFLICT DO NOTHING;
          END IF;
        END $$
        """,
        "CREATE EVENT TRIGGER meddle ON ddl_command_end EXECUTE FUNCTION other.write()");
    assertThat(move()).isEqualTo(1);
    assertThat(commands.err().getFirst())
        .contains("Somebody else writes into")
        .contains("dead_letter");
    assertThat(folder.resolve("hub.db")).exists();
    assertThat(has("unfinished_move")).isTrue();
    assertThatThrownBy(this::onPostgresql).rootCause().hasMessageContaining("was cut off");
    server.run(database, "DROP EVENT TRIGGER meddle");
    assertThat(move()).as(() -> commands.printed()).isZero();
    assertThat(rows("dead_letter")).isZero();
  }

  /** The database keeps another value than it was given. */
  @Test
  void findsThatARowIsNotWhatItWas() {
    filled(1, 10);
    server.run(
        database,
        "CREATE SCHEMA other",
        """
        CREATE FUNCTION other.change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
          NEW.received_at := NEW.received_at + 1; RETURN NEW;
        END $$
        """,
        """
        CREATE FUNCTION other.meddle() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN
          IF to_regclass('public.journal') IS NOT NULL AND NOT EXISTS (
              SELECT 1 FROM pg_trigger WHERE tgname = 'changes') THEN
            CREATE TRIGGER changes BEFORE INSERT ON public.journal
              FOR EACH ROW EXECUTE FUNCTION other.change();
          END IF;
        END $$
        """,
        "CREATE EVENT TRIGGER meddle ON ddl_command_end EXECUTE FUNCTION other.meddle()");
    assertThat(move()).isEqualTo(1);
    assertThat(commands.err().getFirst()).startsWith("The rows of journal in ");
    assertThat(rows("journal")).isZero();
    assertThat(folder.resolve("hub.db")).exists();
  }

  @Test
  void refusesRecordsWithFaultsAndTextInAColumnOfNumbers() {
    filled(3, 10);
    try (TestRecords records = new TestRecords(folder)) {
      records.jdbc().update("DELETE FROM journal WHERE id = 2");
    }
    assertThat(move()).isEqualTo(1);
    assertThat(commands.err().getFirst()).contains("journal 2");
    try (TestRecords records = new TestRecords(folder)) {
      records.jdbc().update("UPDATE journal SET id = 2 WHERE id = 1");
      records.jdbc().update("UPDATE archive SET carried = 1");
      records.jdbc().update("UPDATE journal SET received_at = 'soon' WHERE id = 3");
    }
    assertThat(move()).isEqualTo(1);
    assertThat(commands.err().getFirst()).contains("journal").contains("received_at");
    assertThat(has("alert")).isTrue();
    assertThat(rows("journal")).isZero();
  }

  @Test
  void aMoveThatIsKilledIsBegunAnewAndNoHubStartsMeanwhile() throws Exception {
    filled(60, 1_000_000);
    try (ChildCommand child = ChildCommand.start(variables(), "move", "--to", url())) {
      await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(2))
          .until(() -> has("unfinished_move") || !child.isAlive());
      child.kill();
    }
    assertThat(has("unfinished_move")).isTrue();
    assertThat(folder.resolve("hub.db.moving")).exists();
    assertThatThrownBy(() -> RunningHub.start(folder))
        .rootCause()
        .hasMessageContaining("was cut off");
    await("the server ends the session of the one that was killed")
        .untilAsserted(() -> assertThat(move()).as(() -> commands.printed()).isZero());
    assertThat(rows("journal")).isEqualTo(60);
    assertThat(has("unfinished_move")).isFalse();
  }

  @Test
  void aMoveThatWasCutOffAfterItsLastRowIsFinished() throws IOException {
    filled(2, 10);
    assertThat(move()).as(() -> commands.printed()).isZero();
    String target = Files.readString(folder.resolve("hub.db.moved-to"));
    Files.move(folder.resolve("hub.db.moved"), folder.resolve("hub.db"));
    Files.delete(folder.resolve("hub.db.moved-to"));
    Files.writeString(folder.resolve("hub.db.moving"), target);
    assertThat(move()).as(() -> commands.printed()).isZero();
    assertThat(folder.resolve("hub.db.moved")).exists();
    assertThat(folder.resolve("hub.db.moving")).doesNotExist();
    assertThat(List.of(rows("journal"))).containsExactly(2L);
  }

  @Test
  void saysThatAllRowsAreThereWhenOnlyItsEndCannotBeNoted() throws IOException {
    filled(2, 10);
    Path inTheWay = Files.createDirectories(folder.resolve("hub.db.moved-to").resolve("full"));
    assertThat(move()).isEqualTo(1);
    assertThat(commands.printed())
        .contains("All records are in " + address(), "run the same command again")
        .doesNotContain("where they were");
    assertThat(rows("journal")).isEqualTo(2);

    Files.delete(inTheWay);
    Files.delete(inTheWay.getParent());
    assertThat(move()).as(() -> commands.printed()).isZero();
    assertThat(folder.resolve("hub.db.moved")).exists();
  }

  @Test
  void tellsTwoSchemasOfOneDatabaseApart() throws IOException {
    filled(2, 10);
    server.run(database, "CREATE SCHEMA east", "CREATE SCHEMA west");
    Files.writeString(folder.resolve("hub.db.moving"), address() + ", schema west\n");
    assertThat(commands.run(variables(), "move", "--to", url() + "?currentSchema=east"))
        .isEqualTo(1);
    assertThat(commands.printed()).contains("schema west", "schema east");
    Files.delete(folder.resolve("hub.db.moving"));
    assertThat(commands.run(variables(), "move", "--to", url() + "?currentSchema=east"))
        .as(() -> commands.printed())
        .isZero();
    assertThat(rows("east.journal")).isEqualTo(2);
  }

  @Test
  void refusesADatabaseThatAHubHas() throws SQLException {
    filled(2, 10);
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url());
    source.setUser(PostgresServer.SUPERUSER);
    try (Connection _ = PostgresChecks.locked(source)) {
      assertThat(move()).isEqualTo(1);
    }
    assertThat(commands.printed())
        .contains("Another hub keeps its records in database " + address(), "Stop that hub first")
        .doesNotContain("this one");
    assertThat(move()).as(() -> commands.printed()).isZero();
  }
}
