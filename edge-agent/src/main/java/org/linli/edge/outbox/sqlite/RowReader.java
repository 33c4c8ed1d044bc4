package org.linli.edge.outbox.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.linli.event.Batch;
import org.linli.event.Digest;
import org.linli.event.GatewayId;
import org.linli.event.Lane;
import org.linli.event.LaneLedger;
import org.linli.event.TakenEvent;

/**
 * Makes batches of one lane's waiting rows, on the connection that only reads. For one thread at a
 * time.
 */
final class RowReader {

  /** No further row is read past so many bytes, however few events they are. */
  private static final long MAX_BYTES = 2 * 1024 * 1024;

  private final Connection connection;
  private final GatewayId gateway;
  private final Lane lane;
  private final PreparedStatement rowsAfter;
  private final PreparedStatement digestAt;
  private final PreparedStatement shedTo;

  RowReader(Connection connection, GatewayId gateway, Lane lane) throws SQLException {
    this.connection = connection;
    this.gateway = gateway;
    this.lane = lane;
    String table = RowTable.nameOf(lane);
    rowsAfter =
        connection.prepareStatement(
            "SELECT position, taken, measurement_count, other_count, shed_count, checksum,"
                + " digest, mixture, measurements, others FROM "
                + table
                + " WHERE position > ? ORDER BY position LIMIT ?");
    digestAt = connection.prepareStatement("SELECT digest FROM " + table + " WHERE position = ?");
    shedTo =
        connection.prepareStatement(
            "SELECT coalesce(sum(shed_count), 0) FROM " + table + " WHERE position <= ?");
  }

  /** What came of looking for a batch. */
  sealed interface Found {

    /** No row lies there. */
    record Nothing() implements Found {}

    /** Whole rows, all of them sound. */
    record Rows(Batch batch) implements Found {}

    /** The first row there cannot be read. */
    record Damaged(long position, long sequence, int events, String detail) implements Found {}
  }

  /** See {@link org.linli.edge.outbox.Outbox#next}. */
  Found find(long after, int maxEvents) throws SQLException {
    OutboxDatabase.execute(connection, "BEGIN");
    try {
      return findAtOneMoment(after, maxEvents);
    } finally {
      OutboxDatabase.execute(connection, "COMMIT");
    }
  }

  private Found findAtOneMoment(long after, int maxEvents) throws SQLException {
    Totals totals = Totals.read(connection);
    LaneTotals laneTotals = totals.lane(lane);
    long base = laneTotals.epochBase();
    int wanted = Math.clamp(maxEvents, 1, Batch.MAX_EVENTS);
    List<TakenEvent> events = new ArrayList<>();
    long first = 0;
    long last = 0;
    long taken = 0;
    long bytes = 0;
    Digest digest = Digest.NONE;
    rowsAfter.setLong(1, Math.max(base + after, laneTotals.receiptedPosition()));
    rowsAfter.setInt(2, wanted);
    try (ResultSet rows = rowsAfter.executeQuery()) {
      while (rows.next() && (first == 0 || events.size() < wanted && bytes < MAX_BYTES)) {
        Row row =
            new Row(
                rows.getInt(3),
                rows.getInt(4),
                rows.getBytes(8),
                rows.getBytes(9),
                rows.getBytes(10));
        if (first != 0 && events.size() + row.events() > Batch.MAX_EVENTS) {
          break;
        }
        try {
          requireSound(row, rows.getLong(6), rows.getLong(5));
          events.addAll(row.read());
        } catch (IllegalArgumentException e) {
          if (first != 0) {
            break;
          }
          long position = rows.getLong(1);
          return new Found.Damaged(
              position, position - base, row.events(), String.valueOf(e.getMessage()));
        }
        last = rows.getLong(1);
        first = first == 0 ? last : first;
        taken = rows.getLong(2);
        digest = new Digest(rows.getBytes(7));
        bytes += row.bytes();
      }
    }
    if (first == 0) {
      return new Found.Nothing();
    }
    return new Found.Rows(
        new Batch(
            gateway,
            totals.epoch(),
            lane,
            first - base,
            last - base,
            digestBefore(first, laneTotals),
            digest,
            new LaneLedger(taken, laneTotals.shedAndDeleted() + shedTo(last)),
            List.of(),
            events));
  }

  private static void requireSound(Row row, long checksum, long shed) {
    if (shed == 0 && row.checksum() != checksum) {
      throw new IllegalArgumentException("its checksum does not fit");
    }
  }

  private Digest digestBefore(long first, LaneTotals totals) throws SQLException {
    if (first - 1 == totals.receiptedPosition()) {
      return totals.digestBeforeWaiting();
    }
    digestAt.setLong(1, first - 1);
    try (ResultSet row = digestAt.executeQuery()) {
      if (!row.next()) {
        throw new SQLException("row " + (first - 1) + " of lane " + lane + " is missing");
      }
      return new Digest(row.getBytes(1));
    }
  }

  private long shedTo(long last) throws SQLException {
    shedTo.setLong(1, last);
    try (ResultSet row = shedTo.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }
}
