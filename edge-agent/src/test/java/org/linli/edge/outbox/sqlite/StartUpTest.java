package org.linli.edge.outbox.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.linli.edge.agent.AgentSettings;
import org.linli.edge.intake.DeviceSessions;
import org.linli.edge.outbox.CommitGate;
import org.linli.edge.outbox.OutboxSettings;
import org.linli.event.GatewayId;
import org.linli.program.folder.DataFolderRefusedException;
import org.linli.program.thread.LivingThreads;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

@ExtendWith(OutputCaptureExtension.class)
@Isolated("reads what the whole process prints")
class StartUpTest {

  @TempDir private Path folder;

  private static SqliteOutbox open(Path folder) {
    return SqliteOutbox.open(
        folder,
        new GatewayId("gateway-1"),
        OutboxSettings.DEFAULTS,
        InstantSource.system(),
        new LivingThreads(InstantSource.system()),
        CommitGate.OPEN);
  }

  private static void refusesTheFolder(Path folder, String sentence, String action) {
    assertThatExceptionOfType(DataFolderRefusedException.class)
        .isThrownBy(() -> open(folder).close())
        .withMessageMatching(sentence)
        .satisfies(refused -> assertThat(refused.action()).contains(action));
  }

  private static void refusesToOpen(Path folder, String sentence, String action) {
    assertThatExceptionOfType(OutboxNotOpenedException.class)
        .isThrownBy(() -> open(folder).close())
        .withMessageMatching(sentence)
        .satisfies(refused -> assertThat(refused.action()).contains(action));
  }

  @Test
  void makesTheDataFolder() {
    Path deep = folder.resolve("var/lib/linli");
    open(deep).close();
    assertThat(deep.resolve("outbox.db")).isRegularFile();
  }

  @Test
  void saysThatAnOutboxBeginsAnewWhereTheGatewayHasRunBefore(CapturedOutput output)
      throws IOException {
    open(folder).close();
    assertThat(output).doesNotContain("begins anew");
    Files.delete(folder.resolve("outbox.db"));
    Files.writeString(folder.resolve("registry"), "as the hub sent it");

    open(folder).close();

    assertThat(output)
        .contains("outbox.db is missing or empty where this gateway has run before")
        .contains("registry");
  }

  @Test
  void refusesADataFolderThatCannotBeMade() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "no folder");
    refusesTheFolder(
        file.resolve("data"), "The data folder .*/file/data cannot be made: .*", "LINLI_DATA");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void refusesADataFolderThatCannotBeWritten() {
    refusesTheFolder(Path.of("/proc"), "The data folder /proc cannot be written: .*", "LINLI_DATA");
  }

  @Test
  void refusesADataFolderThatAnotherAgentHas() throws IOException {
    try (SqliteOutbox first = open(folder)) {
      refusesTheFolder(
          folder,
          "Another agent \\(process "
              + ProcessHandle.current().pid()
              + "\\) is at work on the data folder "
              + folder
              + "\\.",
          "Stop that one first");
      assertThat(first.ledger().balances()).isTrue();
    }
    open(folder).close();
  }

  @Test
  void refusesAFileThatIsNoDatabaseAndLeavesItAlone() throws IOException {
    Path file = Files.writeString(folder.resolve("outbox.db"), "x".repeat(5_000));
    refusesToOpen(folder, "The file .*/outbox.db is no SQLite database\\.", "Move it away");
    assertThat(file).hasContent("x".repeat(5_000));
  }

  @Test
  void refusesAnotherProgramsDatabaseAndLeavesItAlone() throws Exception {
    byte[] before = database("CREATE TABLE songs (title)", "PRAGMA user_version = 1");
    refusesToOpen(
        folder,
        "The file .*/outbox.db is a SQLite database, but not the outbox .*",
        "Move it away");
    assertThat(folder.resolve("outbox.db")).hasBinaryContent(before);
  }

  @Test
  void bringsAnOlderDatabaseToThePresentVersion() throws Exception {
    try (Connection first =
        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("outbox.db"))) {
      for (String statement : Schema.MIGRATIONS.getFirst()) {
        OutboxDatabase.execute(first, statement);
      }
      OutboxDatabase.execute(first, "PRAGMA application_id = " + Schema.APPLICATION_ID);
      OutboxDatabase.execute(first, "PRAGMA user_version = 1");
    }
    try (SqliteOutbox outbox = open(folder)) {
      DeviceSessions.Opening opening =
          new DeviceSessions.Opening("lift-1", false, Duration.ofHours(1), 10);
      assertThat(outbox.sessions().open(opening).join().isKept()).isTrue();
    }
  }

  @Test
  void refusesANewerDatabaseAndLeavesItAlone() throws Exception {
    open(folder).close();
    byte[] before = database("PRAGMA user_version = 99");
    refusesToOpen(
        folder,
        "The outbox .* was written by a newer agent: it has version 99, this agent knows versions"
            + " up to "
            + Schema.VERSION
            + "\\.",
        "Start the newer agent again");
    assertThat(folder.resolve("outbox.db")).hasBinaryContent(before);
    assertThat(folder.resolve("outbox.db-wal")).doesNotExist();
  }

  @Test
  void refusesADamagedDatabase() throws Exception {
    open(folder).close();
    byte[] bytes = Files.readAllBytes(folder.resolve("outbox.db"));
    java.util.Arrays.fill(bytes, 120, bytes.length, (byte) 0x55);
    Files.write(folder.resolve("outbox.db"), bytes);
    refusesToOpen(folder, "The outbox .*/outbox.db cannot be opened: .*", "move it away");
  }

  @Test
  void saysOneSentenceOnTheConsoleAndNoStackTrace(CapturedOutput console) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "no folder");
    assertThatExceptionOfType(Exception.class)
        .isThrownBy(
            () ->
                new SpringApplicationBuilder(Agent.class)
                    .web(WebApplicationType.NONE)
                    .run("--linli.data=" + file)
                    .close());
    assertThat(console.getAll())
        .containsPattern(
            "The data folder "
                + file
                + " cannot be made: .*\\. Let the user that runs the agent write"
                + " there, or set linli.data \\(LINLI_DATA\\) to another folder\\.")
        .doesNotContain("\tat org.");
  }

  @EnableConfigurationProperties({AgentSettings.class, OutboxSettings.class})
  @Import(OutboxConfiguration.class)
  static class Agent {
    @Bean
    Clock clock() {
      return Clock.systemUTC();
    }

    @Bean
    LivingThreads threads(Clock clock) {
      return new LivingThreads(clock);
    }
  }

  private byte[] database(String... statements) throws SQLException, IOException {
    Path file = folder.resolve("outbox.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      for (String statement : statements) {
        OutboxDatabase.execute(connection, statement);
      }
      OutboxDatabase.execute(connection, "PRAGMA journal_mode = DELETE");
    }
    return Files.readAllBytes(file);
  }
}
