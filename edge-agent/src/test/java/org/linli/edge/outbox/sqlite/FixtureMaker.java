package org.linli.edge.outbox.sqlite;

import static org.linli.edge.outbox.sqlite.Offered.bulk;
import static org.linli.edge.outbox.sqlite.Offered.measurement;
import static org.linli.edge.outbox.sqlite.Offered.urgent;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;
import org.linli.edge.intake.DeviceSessions.Opening;
import org.linli.event.Lane;

/**
 * Makes the database that every later version has to open: run when {@link Schema} changes, and
 * kept in {@code src/test/resources}, where {@link MigrationTest} looks for it.
 */
final class FixtureMaker {

  private FixtureMaker() {}

  /**
   * @param arguments an empty folder, and the file to write
   */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    try (OpenedOutbox opened = new OpenedOutbox(folder)) {
      fill(opened);
    }
    pack(folder.resolve("outbox.db"), Path.of(arguments[1]));
  }

  /**
   * Something of everything: rows of each lane, mixed ones, receipts, a damaged row, a refusal, a
   * session, a known state.
   */
  private static void fill(OpenedOutbox opened) {
    for (int i = 1; i <= 6; i++) {
      opened.offer(
          measurement("meter-1", "m" + i), bulk("lift-1", "b" + i), urgent("lift-2", "u" + i));
    }
    Offered refused = new Offered();
    opened.offer(refused, refused.unreadable("{"));
    opened.outbox().receipted(Lane.BULK, 2);
    while (opened.outbox().ledger().receipted() < 4) {
      Thread.onSpinWait();
    }
    opened.outbox().sessions().open(new Opening("lift-1", false, Duration.ofHours(24), 10)).join();
    opened.close();
    opened.execute(
        "INSERT INTO device_state VALUES ('leak-1', 'zigbee2mqtt', 'water_leak', 'true', "
            + Offered.AT.toEpochMilli()
            + ", 1)");
    opened.execute("UPDATE bulk_row SET others = x'00ff' || others WHERE position = 4");
    opened.reopen();
    if (opened.outbox().next(Lane.BULK, 3, 100).isEmpty()) {
      throw new IllegalStateException("the rows behind the damaged one are gone");
    }
  }

  private static void pack(Path database, Path fixture) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(fixture))) {
      Files.copy(database, out);
    }
  }
}
