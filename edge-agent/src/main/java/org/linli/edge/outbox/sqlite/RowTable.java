package org.linli.edge.outbox.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.linli.event.Digest;
import org.linli.event.Lane;

/** One lane's waiting rows, for the writer. */
final class RowTable {

  private static final int DAMAGED_ROWS_KEPT = 100;

  /** Bytes of a row beside its events, and of what stays without them. */
  private static final int ROW_BYTES = 100;

  private static final int LEFT_BYTES = ROW_BYTES + 32;

  private static final String EVENTS = "measurement_count + other_count";

  /**
   * Assigning the key makes SQLite delete the row and insert it again. Otherwise the smaller row
   * would keep the page of the larger one for itself: SQLite joins pages after a deletion only.
   */
  private static final String SET_ANEW = " SET position = position, ";

  private final PreparedStatement insert;
  private final PreparedStatement positionAt;
  private final PreparedStatement count;
  private final PreparedStatement digestAt;
  private final PreparedStatement deleteTo;
  private final PreparedStatement sizes;
  private final PreparedStatement gains;
  private final PreparedStatement nextMeasured;
  private final PreparedStatement nextFilled;
  private final PreparedStatement before;
  private final PreparedStatement eventsAt;
  private final PreparedStatement keepDamaged;
  private final PreparedStatement trimDamaged;
  private final PreparedStatement keepOthers;
  private final PreparedStatement empty;
  private final PreparedStatement delete;

  RowTable(Connection writer, Lane lane) throws SQLException {
    String table = nameOf(lane);
    insert =
        writer.prepareStatement(
            "INSERT INTO " + table + " VALUES (?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?)");
    positionAt =
        writer.prepareStatement(
            "SELECT position FROM "
                + table
                + " WHERE position > ? AND position <= ? ORDER BY position LIMIT 1 OFFSET ?");
    count =
        writer.prepareStatement(
            "SELECT coalesce(sum(" + EVENTS + "), 0) FROM " + table + " WHERE position <= ?");
    digestAt =
        writer.prepareStatement(
            "SELECT digest FROM " + table + " WHERE position <= ? ORDER BY position DESC LIMIT 1");
    deleteTo = writer.prepareStatement("DELETE FROM " + table + " WHERE position <= ?");
    sizes =
        writer.prepareStatement(
            "SELECT position, coalesce(length(measurements), 0) + coalesce(length(others), 0), "
                + EVENTS
                + " FROM "
                + table
                + " WHERE position > ? ORDER BY position LIMIT ?");
    gains =
        writer.prepareStatement(
            "SELECT position, coalesce(length(mixture), 0) + coalesce(length(measurements), 0)"
                + " + coalesce(length(others), 0) FROM "
                + table
                + " WHERE position > ? AND position <= ? AND "
                + EVENTS
                + " > 0 ORDER BY position LIMIT ?");
    nextMeasured = writer.prepareStatement(next(table, "measurement_count"));
    nextFilled = writer.prepareStatement(next(table, EVENTS));
    before =
        writer.prepareStatement(
            "SELECT position, "
                + EVENTS
                + " FROM "
                + table
                + " WHERE position < ? ORDER BY position DESC LIMIT 1");
    eventsAt =
        writer.prepareStatement("SELECT " + EVENTS + " FROM " + table + " WHERE position = ?");
    keepDamaged =
        writer.prepareStatement(
            "INSERT INTO damaged_row (at, lane, position, events, mixture, measurements, others)"
                + " SELECT ?, '"
                + lane.wireName()
                + "', position, "
                + EVENTS
                + ", mixture, measurements, others FROM "
                + table
                + " WHERE position = ?");
    trimDamaged =
        writer.prepareStatement(
            "DELETE FROM damaged_row WHERE id <= (SELECT max(id) FROM damaged_row) - "
                + DAMAGED_ROWS_KEPT);
    keepOthers =
        writer.prepareStatement(
            "UPDATE "
                + table
                + SET_ANEW
                + "checksum = ?, measurement_count = 0, mixture = NULL, measurements = NULL"
                + " WHERE position = ?");
    empty =
        writer.prepareStatement(
            "UPDATE "
                + table
                + SET_ANEW
                + "checksum = 0, measurement_count = 0, other_count = 0, mixture = NULL,"
                + " measurements = NULL, others = NULL WHERE position = ?");
    delete = writer.prepareStatement("DELETE FROM " + table + " WHERE position = ?");
  }

  private static String next(String table, String events) {
    return """
    SELECT position, measurement_count, other_count, checksum, mixture, measurements, others
    FROM %s WHERE position > ? AND position <= ? AND %s > 0 ORDER BY position LIMIT 1\
    """
        .formatted(table, events);
  }

  static String nameOf(Lane lane) {
    return lane.wireName() + "_row";
  }

  /** A row, and whether it is intact. */
  record Found(long position, Row row, boolean isSound) {}

  /**
   * Rows that may be given up.
   *
   * @param after the position before the first
   * @param sent position up to which rows stay without their events, because they may have been
   *     sent
   */
  record Span(long after, long to, long sent) {}

  /**
   * The space gained by giving up rows.
   *
   * @param end position of the last row that was scanned
   */
  record Gain(long bytes, int rows, long end) {}

  /** The position and number of events of the row before another. */
  record Neighbour(long position, int events) {}

  void insert(LaneTotals withIt, Row row, long at) throws SQLException {
    insert.setLong(1, withIt.position());
    insert.setLong(2, at);
    insert.setLong(3, withIt.taken());
    insert.setInt(4, row.measurementCount());
    insert.setInt(5, row.otherCount());
    insert.setLong(6, row.checksum());
    insert.setBytes(7, withIt.digest().bytes());
    insert.setBytes(8, row.mixture());
    insert.setBytes(9, row.measurements());
    insert.setBytes(10, row.others());
    insert.executeUpdate();
  }

  /**
   * The position of the last of {@code rows} rows after a position; {@code to} if there are fewer.
   */
  long endOf(int rows, long after, long to) throws SQLException {
    positionAt.setLong(1, after);
    positionAt.setLong(2, to);
    positionAt.setInt(3, rows - 1);
    try (ResultSet row = positionAt.executeQuery()) {
      return row.next() ? row.getLong(1) : to;
    }
  }

  /**
   * The position of the last of some rows: those that have these events, or these bytes, whichever
   * are more, but no more than {@code rows} rows.
   */
  long sizedEnd(int rows, long bytes, int events, long after) throws SQLException {
    sizes.setLong(1, after);
    sizes.setInt(2, rows);
    long end = after;
    long bytesLeft = bytes;
    long eventsLeft = events;
    try (ResultSet row = sizes.executeQuery()) {
      while (row.next()) {
        bytesLeft -= row.getLong(2);
        if (bytesLeft < 0 && eventsLeft <= 0) {
          break;
        }
        end = row.getLong(1);
        eventsLeft -= row.getLong(3);
      }
    }
    return end;
  }

  /** Number of events up to this position. */
  long eventsTo(long position) throws SQLException {
    count.setLong(1, position);
    try (ResultSet row = count.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  /** The digest of the lane at the last row up to this position; null if there is none. */
  @Nullable Digest digestAt(long position) throws SQLException {
    digestAt.setLong(1, position);
    try (ResultSet row = digestAt.executeQuery()) {
      return row.next() ? new Digest(row.getBytes(1)) : null;
    }
  }

  void deleteTo(long position) throws SQLException {
    deleteTo.setLong(1, position);
    deleteTo.executeUpdate();
  }

  Optional<Found> nextMeasured(long after, long to) throws SQLException {
    return next(nextMeasured, after, to);
  }

  Optional<Found> nextFilled(long after, long to) throws SQLException {
    return next(nextFilled, after, to);
  }

  /**
   * Computes the space gained by giving up rows.
   *
   * @param enough the scan ends when this number of bytes is found
   * @param mostRows most rows to scan
   */
  Gain gain(Span span, long enough, int mostRows) throws SQLException {
    if (span.after() >= span.to()) {
      return new Gain(0, 0, span.after());
    }
    gains.setLong(1, span.after());
    gains.setLong(2, span.to());
    gains.setInt(3, mostRows);
    long bytes = 0;
    int rows = 0;
    long end = span.after();
    try (ResultSet row = gains.executeQuery()) {
      while (bytes < enough && row.next()) {
        rows++;
        end = row.getLong(1);
        bytes += RowSpace.freed(ROW_BYTES + row.getLong(2), end <= span.sent() ? LEFT_BYTES : 0);
      }
    }
    return new Gain(bytes, rows, end);
  }

  private static Optional<Found> next(PreparedStatement select, long after, long to)
      throws SQLException {
    if (after >= to) {
      return Optional.empty();
    }
    select.setLong(1, after);
    select.setLong(2, to);
    try (ResultSet found = select.executeQuery()) {
      if (!found.next()) {
        return Optional.empty();
      }
      Row row =
          new Row(
              found.getInt(2),
              found.getInt(3),
              found.getBytes(5),
              found.getBytes(6),
              found.getBytes(7));
      return Optional.of(new Found(found.getLong(1), row, row.checksum() == found.getLong(4)));
    }
  }

  /** The last existing row before this position. */
  Optional<Neighbour> before(long position) throws SQLException {
    before.setLong(1, position);
    try (ResultSet row = before.executeQuery()) {
      return row.next()
          ? Optional.of(new Neighbour(row.getLong(1), row.getInt(2)))
          : Optional.empty();
    }
  }

  /** Number of events of a row; 0 if it is gone. */
  long eventsAt(long position) throws SQLException {
    eventsAt.setLong(1, position);
    try (ResultSet row = eventsAt.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  /** Copies an unreadable row to table {@code damaged_row}. */
  void keepDamaged(long position, long at) throws SQLException {
    keepDamaged.setLong(1, at);
    keepDamaged.setLong(2, position);
    keepDamaged.executeUpdate();
    trimDamaged.executeUpdate();
  }

  /** Removes the measurements of a row; {@code left} is the rest. */
  void keepOthers(long position, Row left) throws SQLException {
    keepOthers.setLong(1, left.checksum());
    keepOthers.setLong(2, position);
    keepOthers.executeUpdate();
  }

  /** Removes all events of a row. The row stays, for its sequence and its digest. */
  void empty(long position) throws SQLException {
    empty.setLong(1, position);
    empty.executeUpdate();
  }

  void delete(long position) throws SQLException {
    delete.setLong(1, position);
    delete.executeUpdate();
  }
}
