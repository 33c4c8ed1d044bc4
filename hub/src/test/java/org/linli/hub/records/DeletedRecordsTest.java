package org.linli.hub.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.Kind;
import org.linli.hub.RunningHub;
import org.springframework.transaction.TransactionSystemException;

/** Records that somebody deletes. */
@OfSqlite
class DeletedRecordsTest {

  @TempDir Path folder;

  private void add(TestRecords records) {
    records
        .transactions()
        .executeWithoutResult(
            _ ->
                records
                    .client()
                    .sql(
                        "INSERT INTO dead_letter (id, at, source, reason, detail, size, sample)"
                            + " VALUES (hex(randomblob(8)), 2, 'g', 'unreadable', 'no', 3, '')")
                    .update());
  }

  @Test
  void commitsNothingIntoAFileThatWasDeleted() throws IOException {
    try (TestRecords records = new TestRecords(folder)) {
      add(records);
      Files.delete(folder.resolve("hub.db"));
      assertThatThrownBy(() -> add(records))
          .isInstanceOf(TransactionSystemException.class)
          .hasMessageStartingWith(
              "The records file " + folder.resolve("hub.db") + " was deleted or replaced");
    }
  }

  @Test
  void commitsNothingIntoAFileThatWasReplaced() throws IOException {
    try (TestRecords records = new TestRecords(folder)) {
      add(records);
      Files.copy(folder.resolve("hub.db"), folder.resolve("hub.copy"));
      Files.move(
          folder.resolve("hub.copy"),
          folder.resolve("hub.db"),
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      assertThatThrownBy(() -> add(records)).isInstanceOf(TransactionSystemException.class);
    }
  }

  @Test
  void saysNothingIsKeptWhereTheLogWasDeleted() throws IOException {
    try (TestRecords records = new TestRecords(folder)) {
      add(records);
      Files.delete(folder.resolve("hub.db-wal"));
      assertThatThrownBy(() -> add(records)).isInstanceOf(TransactionSystemException.class);
    }
  }

  @Test
  void aHubWhoseRecordsAreDeletedReceiptsNothingAndSaysSo() throws IOException {
    try (RunningHub hub = RunningHub.start(folder)) {
      hub.gateway().reports("door-1", Kind.ACCESS, "door.opened");
      Files.delete(folder.resolve("hub.db"));
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> hub.api("/actuator/health").body().contains("DOWN"));
    }
  }

  @Test
  void doesNotBeginAnewBesideAHistoryUnasked() throws IOException {
    try (RunningHub hub = RunningHub.start(folder)) {
      hub.gateway().reports("door-1", Kind.ACCESS, "door.opened");
      await().until(() -> hub.json("/api/v1/events?device=door-1").get("items").size() == 1);
    }
    Files.delete(folder.resolve("hub.db"));
    assertThatThrownBy(() -> RunningHub.start(folder))
        .rootCause()
        .isInstanceOf(RecordsUnavailableException.class)
        .hasMessageStartingWith(
            "The records file " + folder.resolve("hub.db") + " is missing, but");

    Files.createFile(folder.resolve("hub.db"));
    assertThatThrownBy(() -> RunningHub.start(folder))
        .rootCause()
        .hasMessageContaining(" is empty, but");

    try (RunningHub hub = RunningHub.start(folder, "--linli.records.begin-anew=confirm")) {
      assertThat(hub.json("/api/v1/events?device=door-1").get("items").size()).isEqualTo(1);
    }
  }
}
