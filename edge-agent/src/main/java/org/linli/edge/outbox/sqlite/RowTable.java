package org.linli.edge.outbox.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.linli.event.Digest;
import org.linli.event.Lane;

/** One lane's waiting rows, as the writer changes them. */
final class RowTable {

  private static final int DAMAGED_ROWS_KEPT = 100;

  private final PreparedStatement insert;
  private final PreparedStatement count;
  private final PreparedStatement digestAt;
  private final PreparedStatement delete;
  private final PreparedStatement eventsAt;
  private final PreparedStatement keepDamaged;
  private final PreparedStatement trimDamaged;
  private final PreparedStatement empty;

  RowTable(Connection writer, Lane lane) throws SQLException {
    String table = nameOf(lane);
    insert =
        writer.prepareStatement(
            "INSERT INTO " + table + " VALUES (?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?)");
    count =
        writer.prepareStatement(
            "SELECT coalesce(sum(measurement_count + other_count), 0), coalesce(sum(shed_count), 0)"
                + " FROM "
                + table
                + " WHERE position <= ?");
    digestAt =
        writer.prepareStatement(
            "SELECT digest FROM " + table + " WHERE position <= ? ORDER BY position DESC LIMIT 1");
    delete = writer.prepareStatement("DELETE FROM " + table + " WHERE position <= ?");
    eventsAt =
        writer.prepareStatement(
            "SELECT measurement_count + other_count FROM " + table + " WHERE position = ?");
    keepDamaged =
        writer.prepareStatement(
            "INSERT INTO damaged_row (at, lane, position, events, mixture, measurements, others)"
                + " SELECT ?, '"
                + lane.wireName()
                + "', position, measurement_count + other_count, mixture, measurements, others FROM"
                + " "
                + table
                + " WHERE position = ?");
    trimDamaged =
        writer.prepareStatement(
            "DELETE FROM damaged_row WHERE id <= (SELECT max(id) FROM damaged_row) - "
                + DAMAGED_ROWS_KEPT);
    empty =
        writer.prepareStatement(
            "UPDATE "
                + table
                + " SET shed_count = shed_count + measurement_count + other_count,"
                + " measurement_count = 0, other_count = 0, mixture = NULL, measurements = NULL,"
                + " others = NULL WHERE position = ?");
  }

  static String nameOf(Lane lane) {
    return lane.wireName() + "_row";
  }

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

  /** Deletes every row up to this position and moves the counters with them. */
  LaneTotals deleteTo(long position, LaneTotals totals) throws SQLException {
    count.setLong(1, position);
    long delivered;
    long shed;
    try (ResultSet counts = count.executeQuery()) {
      counts.next();
      delivered = counts.getLong(1);
      shed = counts.getLong(2);
    }
    digestAt.setLong(1, position);
    Digest digest = totals.receiptedDigest();
    try (ResultSet row = digestAt.executeQuery()) {
      if (row.next()) {
        digest = new Digest(row.getBytes(1));
      }
    }
    delete.setLong(1, position);
    delete.executeUpdate();
    return totals.receiptedTo(position, digest, delivered, shed);
  }

  /**
   * Takes the events out of a row that cannot be read any more and counts them as given up. The row
   * stays, so that no sequence is missing; what it held goes to table {@code damaged_row}.
   */
  LaneTotals giveUp(long position, long at, LaneTotals totals) throws SQLException {
    eventsAt.setLong(1, position);
    long events;
    try (ResultSet row = eventsAt.executeQuery()) {
      events = row.next() ? row.getLong(1) : 0;
    }
    if (events == 0) {
      return totals;
    }
    keepDamaged.setLong(1, at);
    keepDamaged.setLong(2, position);
    keepDamaged.executeUpdate();
    trimDamaged.executeUpdate();
    empty.setLong(1, position);
    empty.executeUpdate();
    return totals.plusShed(events);
  }
}
