package org.linli.hub.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@OfSqlite
class RecordsTest {

  private static final String ADD_DEAD_LETTER =
      "INSERT INTO dead_letter (id, at, source, reason, detail, size, sample)"
          + " VALUES ('1', 2, 'gateway-1', 'unreadable', 'no batch', 3, '')";

  private static final int PAGE = 4096;

  @TempDir Path folder;

  @EnableConfigurationProperties(RecordsSettings.class)
  static class Settings {}

  private ApplicationContextRunner hub() {
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
        .withPropertyValues("linli.data=" + folder);
  }

  @Test
  void putsEveryCommitOnDiskBeforeItReturns() {
    hub()
        .run(
            context -> {
              JdbcClient client = context.getBean(JdbcClient.class);
              assertThat(client.sql("PRAGMA journal_mode").query(String.class).single())
                  .isEqualTo("wal");
              assertThat(client.sql("PRAGMA synchronous").query(Integer.class).single())
                  .as("2 is FULL")
                  .isEqualTo(2);
              assertThat(client.sql("PRAGMA foreign_keys").query(Integer.class).single())
                  .isEqualTo(1);
            });
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
                    .hasMessageContaining("readonly"));
  }

  @Test
  void refusesAFileThatIsSomethingElse() throws IOException {
    Files.writeString(folder.resolve("hub.db"), "Dear diary, this is no database.");
    assertRefused("The file " + folder.resolve("hub.db") + " is not a Linli database");
  }

  @Test
  void refusesAnotherProgramsDatabaseAndLeavesItAsItIs() throws Exception {
    Path file = folder.resolve("hub.db");
    try (Connection songs = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = songs.createStatement()) {
      statement.execute("CREATE TABLE songs (title)");
    }
    byte[] before = Files.readAllBytes(file);
    assertRefused("The file " + file + " is a SQLite database, but not a Linli hub's.");
    assertThat(file).hasBinaryContent(before);
  }

  @Test
  void refusesRecordsThatWereCutAndLeavesThemAsTheyAre() throws IOException {
    Path file = folder.resolve("hub.db");
    new TestRecords(folder).close();
    byte[] half = Arrays.copyOf(Files.readAllBytes(file), (int) (Files.size(file) / 2));
    Files.write(file, half);
    assertRefused("The records file " + file + " is damaged (");
    assertThat(file).hasBinaryContent(half);
  }

  @Test
  void refusesRecordsOfWhichAPageIsTorn() throws IOException {
    Path file = folder.resolve("hub.db");
    new TestRecords(folder).close();
    byte[] content = Files.readAllBytes(file);
    Arrays.fill(content, PAGE, 3 * PAGE, (byte) 0x5A);
    Files.write(file, content);
    assertRefused("The records cannot be brought to this version: ");
  }

  @Test
  void refusesRecordsOfANewerVersionAndLeavesThemAsTheyAre() throws IOException {
    try (TestRecords records = new TestRecords(folder)) {
      records
          .client()
          .sql(
              "INSERT INTO flyway_schema_history (installed_rank, version, description, type,"
                  + " script, installed_by, execution_time, success) VALUES (999, '999', 'from the"
                  + " future', 'SQL', 'V999.sql', 'test', 1, 1)")
          .update();
    }
    byte[] before = Files.readAllBytes(folder.resolve("hub.db"));
    assertRefused(
        "The records were changed by a newer Linli: this one does not know step 999 (from the"
            + " future).");
    assertThat(Files.readAllBytes(folder.resolve("hub.db"))).isEqualTo(before);
    assertThat(folder.resolve("hub.db-wal"))
        .satisfiesAnyOf(
            log -> assertThat(log).doesNotExist(), log -> assertThat(log).isEmptyFile());
  }

  private void assertRefused(String sentence) {
    hub()
        .run(
            context ->
                assertThat(analysis(context.getStartupFailure()))
                    .as("what the person who starts the hub reads")
                    .startsWith(sentence));
  }

  private static String analysis(@Nullable Throwable failure) {
    FailureAnalysis analysis =
        new RecordsFailureAnalyzer().analyze(Objects.requireNonNull(failure, "it started"));
    assertThat(Objects.requireNonNull(analysis).getAction()).isNotBlank();
    return analysis.getDescription();
  }
}
