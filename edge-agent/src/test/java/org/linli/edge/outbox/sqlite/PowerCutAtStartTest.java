package org.linli.edge.outbox.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.linli.edge.outbox.sqlite.Offered.bulk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.event.Lane;

/** What a power cut leaves of a file that was being made, or whose first page was being written. */
class PowerCutAtStartTest {

  @TempDir private Path folder;

  @Test
  void beginsAnewWhereTheFileWasNotComplete() throws IOException {
    try (OpenedOutbox whole = new OpenedOutbox(folder)) {
      assertThat(whole.offer(bulk("lift-1", "a1"))).isEqualTo("taken");
    }
    byte[] half = Arrays.copyOf(Files.readAllBytes(folder.resolve("outbox.db")), 4096);
    Path again = Files.createDirectory(folder.resolve("again"));
    Files.write(again.resolve("outbox.db.new"), half);
    Files.write(again.resolve("outbox.db.new-journal"), new byte[512]);

    try (OpenedOutbox opened = new OpenedOutbox(again)) {
      assertThat(opened.offer(bulk("lift-1", "a1"))).isEqualTo("taken");
      assertThat(again).isDirectoryNotContaining("glob:**/*.new*");
    }
  }

  /** SQLite would take it for the log of the file that is made now. */
  @Test
  void takesNothingOverFromTheLogOfAFileThatWasMovedAway() throws IOException {
    Path again = copyWhileOpen();
    Files.delete(again.resolve("outbox.db"));

    try (OpenedOutbox opened = new OpenedOutbox(again)) {
      assertThat(opened.outbox().ledger().taken()).isZero();
    }
  }

  /** The magic, the application id, the version: the log has them whole. */
  @ParameterizedTest
  @ValueSource(ints = {3, 20, 60, 68})
  void readsFromItsLogWhatThePowerCutLeftDamagedInTheHeader(int at) throws IOException {
    Path again = copyWhileOpen();
    Path file = again.resolve("outbox.db");
    byte[] bytes = Files.readAllBytes(file);
    bytes[at] ^= 0x10;
    Files.write(file, bytes);

    try (OpenedOutbox opened = new OpenedOutbox(again)) {
      assertThat(OpenedOutbox.ids(opened.waiting(Lane.BULK))).containsExactly("a1", "a2");
    }
    Files.write(file, bytes);
    Files.deleteIfExists(again.resolve("outbox.db-wal"));
    assertThatExceptionOfType(OutboxNotOpenedException.class)
        .isThrownBy(() -> new OpenedOutbox(again).close());
  }

  private Path copyWhileOpen() throws IOException {
    Path again = Files.createDirectory(folder.resolve("again"));
    try (OpenedOutbox opened = new OpenedOutbox(folder)) {
      opened.offer(bulk("lift-1", "a1"));
      opened.offer(bulk("lift-1", "a2"));
      // Gives the log a first page: one is written only where the file's size changes.
      opened.execute("CREATE TABLE more (a)");
      for (String name : new String[] {"outbox.db", "outbox.db-wal"}) {
        Files.copy(folder.resolve(name), again.resolve(name));
      }
    }
    return again;
  }
}
