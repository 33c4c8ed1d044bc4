package org.linli.edge.outbox.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.linli.event.Lane;

/**
 * Determines the age of waiting rows without reading them and without trusting the clock: at
 * intervals it records where the lanes end, by the agent's running time.
 */
final class AgeMarks {

  private static final long LONGEST_STEP_MILLIS = Duration.ofHours(1).toMillis();
  private static final long SHORTEST_STEP_MILLIS = 100;
  private static final int MARKS = 100;

  private final long maxAge;
  private final long step;
  private final PreparedStatement insert;
  private final PreparedStatement expired;
  private final PreparedStatement delete;
  private long newest;

  AgeMarks(Connection writer, Duration maxAge) throws SQLException {
    this.maxAge = maxAge.toMillis();
    step = Math.clamp(this.maxAge / MARKS, SHORTEST_STEP_MILLIS, LONGEST_STEP_MILLIS);
    insert = writer.prepareStatement("INSERT OR REPLACE INTO age_mark VALUES (?, ?, ?)");
    expired =
        writer.prepareStatement(
            "SELECT at, urgent_position, bulk_position FROM age_mark WHERE at <= ?"
                + " ORDER BY at DESC LIMIT 1");
    delete = writer.prepareStatement("DELETE FROM age_mark WHERE at < ?");
    newest = OutboxDatabase.number(writer, "SELECT coalesce(max(at), -1) FROM age_mark");
  }

  /** Where the lanes ended at a time. */
  record Mark(long urgent, long bulk) {
    long position(Lane lane) {
      return switch (lane) {
        case URGENT -> urgent;
        case BULK -> bulk;
      };
    }
  }

  /** Whether it is time for the next mark, and for a check of expired rows. */
  boolean isDue(long running) {
    return newest < 0 || running - newest >= step;
  }

  void mark(Totals totals) throws SQLException {
    insert.setLong(1, totals.running());
    insert.setLong(2, totals.urgent().position());
    insert.setLong(3, totals.bulk().position());
    insert.executeUpdate();
    newest = totals.running();
  }

  /** The positions up to which rows have waited too long. */
  Optional<Mark> expired(long running) throws SQLException {
    expired.setLong(1, running - maxAge);
    try (ResultSet row = expired.executeQuery()) {
      if (!row.next()) {
        return Optional.empty();
      }
      delete.setLong(1, row.getLong(1));
      Mark mark = new Mark(row.getLong(2), row.getLong(3));
      delete.executeUpdate();
      return Optional.of(mark);
    }
  }
}
