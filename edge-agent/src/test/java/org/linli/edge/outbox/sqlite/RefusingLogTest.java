package org.linli.edge.outbox.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.linli.edge.outbox.sqlite.Offered.bulk;
import static org.linli.edge.outbox.sqlite.Offered.padded;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.outbox.CommitGate;
import org.linli.program.process.JavaProgram;

/** In a program of its own, as a line about one cause comes once a minute in each. */
class RefusingLogTest {

  @TempDir private Path folder;

  @Test
  void saysInOneLineThatTheDiskIsFull() throws Exception {
    String said = JavaProgram.printedBy(Gateway.class, folder.toString());

    assertThat(said)
        .containsPattern("ERROR .*why=\"the disk with .* is full: free some space on it\"")
        .contains("[SQLITE_FULL]")
        .doesNotContain("\tat ");
  }

  /** Takes events in a file that SQLite may not make larger, as on a full disk. */
  static final class Gateway {

    private Gateway() {}

    static void main(String[] arguments) {
      try (OpenedOutbox opened = new OpenedOutbox(Path.of(arguments[0]))) {
        opened.gate(() -> limit(opened.outbox().database().writer()));
        opened.offer(bulk("lift-1", null));
        while (opened.offer(padded(bulk("lift-1", null), 20)).equals("taken")) {
          opened.gate(CommitGate.OPEN);
        }
      }
    }

    private static void limit(Connection writer) {
      try {
        OutboxDatabase.execute(writer, "PRAGMA max_page_count = 1");
      } catch (SQLException e) {
        throw new AssertionError(e);
      }
    }
  }
}
