package org.linli.edge.outbox.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.linli.edge.outbox.sqlite.Offered.bulk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.outbox.OutboxState;
import org.linli.event.Lane;
import org.linli.program.thread.Failure;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/** Somebody deletes, moves or replaces the outbox of an agent that runs. */
class DeletedFileTest {

  private static final List<String> ALL = List.of("outbox.db", "outbox.db-wal", "outbox.db-shm");

  @TempDir private Path folder;
  private OpenedOutbox opened;

  @BeforeEach
  void open() {
    opened = new OpenedOutbox(folder);
    assertThat(opened.offer(bulk("lift-1", "a1"))).isEqualTo("taken");
  }

  @AfterEach
  void close() {
    opened.close();
  }

  @Test
  void acknowledgesNothingThatIsWrittenIntoADeletedFile() throws IOException {
    for (String name : ALL) {
      Files.delete(folder.resolve(name));
    }
    assertThat(opened.offer(bulk("lift-1", "a2"))).isEqualTo("unavailable: " + sentence());
    assertThat(health().getStatus()).isEqualTo(Status.DOWN);
    assertThat(health().getDetails()).containsEntry("why", sentence());
    assertThat(folder.resolve("outbox.db")).doesNotExist();
    assertThat(opened.waiting(Lane.BULK)).describedAs("what the hub can still be sent").hasSize(1);
    opened.outbox().receipted(Lane.BULK, 1);
    await().until(() -> opened.outbox().ledger().receipted() == 1);
    assertThat(health().getStatus()).isEqualTo(Status.DOWN);

    opened.reopen();
    assertThat(opened.offer(bulk("lift-1", "a2"))).isEqualTo("taken");
  }

  @Test
  void answersNothingWhereTheFileIsDeletedDuringTheCommit() {
    opened.gate(
        () -> {
          try {
            Files.deleteIfExists(folder.resolve("outbox.db"));
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
    assertThat(opened.offer(bulk("lift-1", "a2"))).isEqualTo("unavailable: " + sentence());
  }

  @Test
  void findsItOutAloneAndTellsPeople() throws IOException {
    Files.delete(folder.resolve("outbox.db-wal"));
    await().until(() -> opened.outbox().state() instanceof OutboxState.Refusing);
    assertThat(health().getStatus()).isEqualTo(Status.DOWN);
    assertThat(opened.threads().untold())
        .singleElement()
        .extracting(Failure::cause)
        .asString()
        .contains("outbox.db", "deleted, moved or replaced");
  }

  @Test
  void goesOnWhenTheSameFileIsBackAndNotWithAnother() throws IOException {
    Path aside = Files.move(folder.resolve("outbox.db"), folder.resolve("aside"));
    Files.copy(aside, folder.resolve("outbox.db"));
    await().until(() -> opened.outbox().state() instanceof OutboxState.Refusing);
    assertThat(opened.offer(bulk("lift-1", "a2"))).isEqualTo("unavailable: " + sentence());

    Files.delete(folder.resolve("outbox.db"));
    Files.move(aside, folder.resolve("outbox.db"));
    await().until(() -> opened.outbox().state() instanceof OutboxState.Working);
    assertThat(opened.offer(bulk("lift-1", "a2"))).isEqualTo("taken");
    opened.reopen();
    assertThat(opened.outbox().ledger().taken()).isEqualTo(2);
  }

  private Health health() {
    return OutboxConfiguration.health(opened.outbox());
  }

  private String sentence() {
    return folder.resolve("outbox.db")
        + " was deleted, moved or replaced while the agent runs, so nothing is acknowledged: put"
        + " the file back, or start the agent anew, which begins a new one";
  }
}
