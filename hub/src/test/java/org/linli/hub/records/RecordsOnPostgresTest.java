package org.linli.hub.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.ExitCodeGenerator;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** A hub's records in a real PostgreSQL, each test in a database of its own. */
@ExtendWith(OutputCaptureExtension.class)
class RecordsOnPostgresTest {

  private static final String ADD_DEAD_LETTER =
      "INSERT INTO dead_letter (id, at, source, reason, detail, size, sample)"
          + " VALUES ('1', 2, 'gateway-1', 'unreadable', 'no batch', 3, '')";

  private static final String SECRET = "a-password-nobody-may-read";

  @TempDir Path folder;

  private PostgresServer server;
  private String database;
  private String url;

  @EnableConfigurationProperties(RecordsSettings.class)
  static class Settings {}

  @BeforeEach
  void makeDatabase() {
    server = TestDatabase.server();
    database = "db_" + System.nanoTime();
    url = server.url(database);
    server.run("postgres", "CREATE DATABASE " + database);
  }

  private ApplicationContextRunner hub(String... settings) {
    return new ApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                DataSourceAutoConfiguration.class,
                DataSourceTransactionManagerAutoConfiguration.class,
                TransactionAutoConfiguration.class,
                JdbcTemplateAutoConfiguration.class,
                JdbcClientAutoConfiguration.class,
                FlywayAutoConfiguration.class))
        .withUserConfiguration(Settings.class, RecordsConfiguration.class, KnownSchema.class)
        .withPropertyValues(
            "linli.data=" + folder,
            "linli.database-url=" + url,
            "linli.database-user=" + PostgresServer.SUPERUSER)
        .withPropertyValues(settings);
  }

  @Test
  void putsEveryCommitOnTheServersDiskWhateverItsOwnSettingIs() {
    server.run("postgres", "ALTER DATABASE %s SET synchronous_commit = off".formatted(database));
    hub()
        .run(
            context -> {
              JdbcClient client = context.getBean(JdbcClient.class);
              assertThat(shown(client, "synchronous_commit")).isEqualTo("on");
              assertThat(shown(client, "transaction_isolation")).isEqualTo("read committed");
              assertThat(shown(client, "idle_in_transaction_session_timeout")).isEqualTo("1min");
              assertThat(shown(client, "lock_timeout")).isEqualTo("5s");
              assertThat(shown(client, "statement_timeout")).isEqualTo("30s");
            });
  }

  private static String shown(JdbcClient client, String setting) {
    return client.sql("SHOW " + setting).query(String.class).single();
  }

  @Test
  void beginsWithTheScriptAndGoesOnWithWhatIsThere() {
    hub()
        .run(
            context ->
                assertThat(
                        context
                            .getBean(JdbcClient.class)
                            .sql(
                                "SELECT version FROM flyway_schema_history ORDER BY installed_rank")
                            .query(String.class)
                            .list())
                    .as("steps of SQLite alone never run here")
                    .first()
                    .isEqualTo("056"));
    hub().run(context -> context.getBean(JdbcClient.class).sql(ADD_DEAD_LETTER).update());
    hub().run(context -> assertThat(deadLetters(context.getBean(RecordsReader.class))).isOne());
  }

  @Test
  void showsReadersWhatIsCommittedAndNothingElse() {
    hub()
        .run(
            context -> {
              RecordsReader reader = context.getBean(RecordsReader.class);
              JdbcClient client = context.getBean(JdbcClient.class);
              context
                  .getBean(TransactionTemplate.class)
                  .executeWithoutResult(
                      transaction -> {
                        client.sql(ADD_DEAD_LETTER).update();
                        assertThat(deadLetters(reader)).isZero();
                      });
              assertThat(deadLetters(reader)).isOne();
            });
  }

  private static int deadLetters(RecordsReader reader) {
    return reader.sql("SELECT COUNT(*) FROM dead_letter").query(Integer.class).single();
  }

  @Test
  void doesNotLetAReaderWrite() {
    hub()
        .run(
            context ->
                assertThatThrownBy(
                        () -> context.getBean(RecordsReader.class).sql(ADD_DEAD_LETTER).update())
                    .isInstanceOf(DataAccessException.class)
                    .hasMessageContaining("read-only transaction"));
  }

  @Test
  void letsNoSecondHubIn(@TempDir Path other) {
    hub()
        .run(
            first -> {
              first.getBean(JdbcClient.class).sql(ADD_DEAD_LETTER).update();
              assertThat(
                      assertRefused(
                          "Another hub keeps its records in database ", "linli.data=" + other))
                  .as("is true of a hub that starts, and of a command")
                  .startsWith("Stop that hub first, or name another database.");
              hub("linli.data=" + other)
                  .run(
                      second ->
                          assertThat(exitCode(second.getStartupFailure()))
                              .as("it is started again, and stands by")
                              .isEqualTo(5));
            });
    hub("linli.data=" + other).run(next -> assertThat(next).hasNotFailed());
  }

  /** As Spring Boot finds it. */
  private static int exitCode(@Nullable Throwable failure) {
    return switch (failure) {
      case null -> 1;
      case ExitCodeGenerator known -> known.getExitCode();
      default -> exitCode(failure.getCause());
    };
  }

  @Test
  void refusesAServerThatIsNotThere() throws IOException {
    int nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = socket.getLocalPort();
    }
    assertRefused(
        "PostgreSQL at 127.0.0.1:%d cannot be reached (".formatted(nobody),
        "linli.database-url=jdbc:postgresql://127.0.0.1:%d/linli?password=%s"
            .formatted(nobody, SECRET));
  }

  @Test
  void refusesAWrongPasswordAndShowsItNowhere(CapturedOutput console) {
    server.run(
        "postgres",
        "DROP ROLE IF EXISTS " + PostgresServer.GUARDED,
        "CREATE ROLE %s LOGIN PASSWORD 'another'".formatted(PostgresServer.GUARDED));
    String sentence =
        "PostgreSQL at 127.0.0.1:%d does not let user 'guarded' in with this password."
            .formatted(server.port());
    assertRefused(
        sentence,
        "linli.database-user=" + PostgresServer.GUARDED,
        "linli.database-password=" + SECRET);
    assertRefused(
        sentence,
        "linli.database-user=",
        "linli.database-url=%s?user=%s&password=%s".formatted(url, PostgresServer.GUARDED, SECRET));
    assertRefused(
        "PostgreSQL at 127.0.0.1:%d does not take this connection (".formatted(server.port()),
        "linli.database-user=" + PostgresServer.GUARDED);
    assertThat(console.getAll()).doesNotContain(SECRET);
  }

  @Test
  void comesInWithItsPasswordAndShowsItNowhere(CapturedOutput console) {
    server.run(
        "postgres",
        "DROP ROLE IF EXISTS " + PostgresServer.GUARDED,
        "CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(PostgresServer.GUARDED, SECRET),
        "ALTER DATABASE %s OWNER TO %s".formatted(database, PostgresServer.GUARDED));
    hub("linli.database-user=" + PostgresServer.GUARDED, "linli.database-password=" + SECRET)
        .run(context -> assertThat(context).hasNotFailed());
    assertThat(console.getAll()).contains("the records are in PostgreSQL").doesNotContain(SECRET);
    server.run("postgres", "DROP DATABASE " + database);
  }

  @Test
  void refusesAPasswordBeforeTheHostWithoutShowingIt(CapturedOutput console) {
    assertRefused(
        "LINLI_DATABASE_URL has a user or a password before its host.",
        "linli.database-url=jdbc:postgresql://linli:%s@127.0.0.1/linli".formatted(SECRET));
    assertRefused(
        "LINLI_DATABASE_URL is no address of a PostgreSQL database",
        "linli.database-url=postgres://127.0.0.1/linli?password=" + SECRET);
    assertRefused(
        "LINLI_DATABASE_URL is no address of a PostgreSQL database",
        "linli.database-url=jdbc:postgresql://127.0.0.1:here/linli?password=" + SECRET);
    assertThat(console.getAll()).doesNotContain(SECRET);
  }

  @Test
  void saysHowToMakeADatabaseThatIsMissing() {
    url = server.url("missing_" + database);
    String command =
        assertRefused(
                "PostgreSQL at 127.0.0.1:%d has no database missing_".formatted(server.port()))
            .replace("Create it: ", "");
    server.shell(command);
    hub().run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void refusesADatabaseThatOrdersTextsByALanguage() {
    url = server.url(database + "_icu");
    server.run(
        "postgres",
        "CREATE DATABASE %s_icu TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en'"
            .formatted(database));
    String action =
        assertRefused(
            "The database 127.0.0.1:%d/%s_icu has encoding UTF8 and collation one of ICU"
                .formatted(server.port(), database));
    assertThat(action).contains("createdb -h 127.0.0.1 -p " + server.port());
  }

  @Test
  void refusesADatabaseOfAnotherEncoding() {
    url = server.url(database + "_latin");
    server.run(
        "postgres",
        "CREATE DATABASE %s_latin TEMPLATE template0 ENCODING 'LATIN1'".formatted(database));
    assertRefused(
        "The database 127.0.0.1:%d/%s_latin has encoding LATIN1 and collation C; the records need"
            .formatted(server.port(), database));
  }

  @Test
  void refusesADatabaseThatCanOnlyBeRead() {
    server.run(
        "postgres", "ALTER DATABASE %s SET default_transaction_read_only = on".formatted(database));
    assertRefused(
        "The database 127.0.0.1:%d/%s can only be read".formatted(server.port(), database));
  }

  @Test
  void refusesAnotherProgramsTablesAndLeavesThemAsTheyAre() {
    server.run(database, "CREATE TABLE songs (title TEXT)");
    assertRefused(
        "The database 127.0.0.1:%d/%s has tables, but not those of a Linli hub."
            .formatted(server.port(), database));
    assertThat(server.ask(database, "SELECT COUNT(*) FROM pg_tables WHERE schemaname = 'public'"))
        .isEqualTo("1");
  }

  @Test
  void refusesAnotherProgramsHistoryOfMigrations() {
    server.run(
        database, "CREATE TABLE songs (title TEXT)", "CREATE TABLE flyway_schema_history (a INT)");
    assertRefused(
        "The database 127.0.0.1:%d/%s has tables, but not those of a Linli hub."
            .formatted(server.port(), database));
  }

  @Test
  void refusesASchemaThatIsNotThere() {
    assertRefused(
        "The schema that LINLI_DATABASE_URL names does not exist",
        "linli.database-url=" + url + "?currentSchema=nowhere");
  }

  @Test
  void refusesAUserWhoMayMakeNothing() {
    server.run("postgres", "DROP ROLE IF EXISTS nobody_much", "CREATE ROLE nobody_much LOGIN");
    assertRefused(
        "The user 'nobody_much' may not create tables", "linli.database-user=nobody_much");
  }

  @Test
  void refusesRecordsOfANewerVersionAndLeavesThemAsTheyAre() {
    hub().run(context -> assertThat(context).hasNotFailed());
    server.run(
        database,
        "INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,"
            + " installed_by, execution_time, success) VALUES (999, '999', 'from the future',"
            + " 'SQL', 'V999.sql', 'test', 1, true)");
    assertRefused(
        "The records were changed by a newer Linli: this one does not know step 999 (from the"
            + " future).");
  }

  @Test
  void doesNotBeginAnewBesideRecordsInTheFolderUnasked() throws IOException {
    Files.writeString(folder.resolve("hub.db"), "records");
    assertRefused(
        "The database 127.0.0.1:%d/%s is empty, but %s of a hub is there"
            .formatted(server.port(), database, folder.resolve("hub.db")));
    hub("linli.records.begin-anew=confirm").run(context -> assertThat(context).hasNotFailed());
    hub().run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void saysThatAServerWithoutSyncMayLoseEverything(CapturedOutput console) {
    server.run(database, "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()");
    await().until(() -> server.ask(database, "SHOW fsync").equals("off"));
    try {
      hub().run(context -> assertThat(context).hasNotFailed());
      assertThat(console.getAll()).contains("PostgreSQL runs with fsync = off");
    } finally {
      server.run(database, "ALTER SYSTEM RESET fsync", "SELECT pg_reload_conf()");
    }
  }

  @Test
  void refusesAUserWithoutADatabase() {
    hub("linli.database-url=")
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .rootCause()
                    .hasMessageStartingWith(
                        "LINLI_DATABASE_USER or LINLI_DATABASE_PASSWORD is set"));
  }

  /** Returns what to do, as the person who starts the hub reads it. */
  private String assertRefused(String sentence, String... settings) {
    String[] action = new String[1];
    hub(settings)
        .run(
            context -> {
              FailureAnalysis analysis = analysis(context.getStartupFailure());
              assertThat(analysis.getDescription()).startsWith(sentence).doesNotContain(SECRET);
              assertThat(analysis.getAction()).isNotBlank().doesNotContain(SECRET);
              action[0] = String.valueOf(analysis.getAction());
            });
    return action[0];
  }

  private static FailureAnalysis analysis(@Nullable Throwable failure) {
    return Objects.requireNonNull(
        new RecordsFailureAnalyzer().analyze(Objects.requireNonNull(failure, "it started")));
  }
}
