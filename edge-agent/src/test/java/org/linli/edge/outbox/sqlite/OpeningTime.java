package org.linli.edge.outbox.sqlite;

import static org.linli.edge.outbox.sqlite.Offered.measurement;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.linli.event.DeviceEvent;
import org.linli.event.Lane;

/** Measures how long it takes to open an outbox in which millions of events wait. */
final class OpeningTime {

  private OpeningTime() {}

  /**
   * @param arguments an empty folder, how many rows, and how many events each of them holds
   */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    long rows = Long.parseLong(arguments[1]);
    int events = Integer.parseInt(arguments[2]);
    DeviceEvent[] row = new DeviceEvent[events];
    for (int i = 0; i < events; i++) {
      row[i] = measurement("meter-" + i % 100, null);
    }
    try (OpenedOutbox opened = new OpenedOutbox(folder)) {
      opened.offer(row);
    }
    multiply(folder.resolve("outbox.db"), rows, events);
    for (int run = 1; run <= 3; run++) {
      open(folder, run);
    }
  }

  /** Copies of one row, because it is their number that matters here. */
  private static void multiply(Path file, long rows, int events) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      OutboxDatabase.execute(
          connection,
          """
          WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
          INSERT INTO bulk_row SELECT i, at, i * %d, measurement_count, other_count, 0, checksum,
            digest, mixture, measurements, others FROM n, bulk_row WHERE position = 1\
          """
              .formatted(rows, events));
      OutboxDatabase.execute(
          connection,
          "UPDATE totals SET bulk_position = %d, bulk_taken = %d, offered = %d"
              .formatted(rows, rows * events, rows * events));
    }
  }

  private static void open(Path folder, int run) throws Exception {
    long start = System.nanoTime();
    try (OpenedOutbox opened = new OpenedOutbox(folder)) {
      Duration opening = Duration.ofNanos(System.nanoTime() - start);
      int events = opened.outbox().next(Lane.BULK, 0, 500).orElseThrow().events().size();
      Duration firstBatch = Duration.ofNanos(System.nanoTime() - start);
      System.out.printf(
          "run %d: %,d events in %,d bytes: open after %d ms, first batch of %d after %d ms%n",
          run,
          opened.outbox().ledger().queued(),
          Files.size(folder.resolve("outbox.db")),
          opening.toMillis(),
          events,
          firstBatch.toMillis());
    }
  }
}
