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
 * Creates batches of one lane's waiting rows, on the read-only connection. For one thread at a
 * time.
 */
final class RowReader {

  /** After this number of bytes no further row is read, however few events they are. */
  private static final long MAX_BYTES = 2 * 1024 * 1024;

  private final Connection connection;
  private final GatewayId gateway;
  private final Lane lane;
  private final PreparedStatement rowsAfter;
  private final PreparedStatement digestAt;
  private final PreparedStatement oldest;
  private final ShedReader shed;

  RowReader(Connection connection, GatewayId gateway, Lane lane) throws SQLException {
    this.connection = connection;
    this.gateway = gateway;
    this.lane = lane;
    String table = RowTable.nameOf(lane);
    rowsAfter =
        connection.prepareStatement(
            "SELECT position, taken, measurement_count, other_count, checksum, digest, mixture,"
                + " measurements, others FROM "
                + table
                + " WHERE position > ? ORDER BY position LIMIT ?");
    digestAt = connection.prepareStatement("SELECT digest FROM " + table + " WHERE position = ?");
    oldest =
        connection.prepareStatement(
            "SELECT at FROM "
                + table
                + " WHERE measurement_count + other_count > 0 ORDER BY position LIMIT 1");
    shed = new ShedReader(connection, lane);
  }

  /** The result of looking for a batch. */
  sealed interface Found {

    /** There is no row. */
    record Nothing() implements Found {}

    /** Whole rows, all of them intact. */
    record Rows(Batch batch) implements Found {}

    /** The first row is unreadable. */
    record Damaged(long position, long sequence, int events, String detail) implements Found {}

    /** The first row may not be sent until a new limit is written. */
    record NotYet() implements Found {}
  }

  /** A batch that is being assembled. */
  private static final class Rows {
    private final List<TakenEvent> events = new ArrayList<>();
    private long last;
    private long taken;
    private long bytes;
    private long values;
    private Digest digest = Digest.NONE;
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
    int wanted = Math.clamp(maxEvents, 0, Batch.MAX_EVENTS);
    long from = Math.max(base + after, laneTotals.receiptedPosition());
    Rows batch = new Rows();
    ShedReader.Ranges ranges = shed.from(from, base);
    rowsAfter.setLong(1, from);
    rowsAfter.setInt(2, Math.max(1, wanted));
    try (ResultSet rows = rowsAfter.executeQuery()) {
      while (rows.next()
          && (batch.last == 0 || batch.events.size() < wanted && batch.bytes < MAX_BYTES)) {
        long position = rows.getLong(1);
        if (position > laneTotals.sendable()) {
          if (batch.last == 0) {
            return new Found.NotYet();
          }
          break;
        }
        Row row = row(rows);
        if (batch.last != 0 && batch.events.size() + row.events() > Batch.MAX_EVENTS) {
          break;
        }
        List<TakenEvent> events;
        try {
          requireSound(row, rows.getLong(5));
          events = row.read();
        } catch (IllegalArgumentException e) {
          if (batch.last != 0) {
            break;
          }
          return new Found.Damaged(
              position, position - base, row.events(), String.valueOf(e.getMessage()));
        }
        long values = events.stream().mapToLong(event -> event.event().values().size()).sum();
        long before = batch.last == 0 ? from : batch.last;
        if (batch.last != 0 && batch.values + values > Batch.MAX_VALUES
            || !ranges.upTo(position, before, row.events() == 0, batch.last == 0)) {
          break;
        }
        batch.events.addAll(events);
        batch.values += values;
        batch.last = position;
        batch.taken = rows.getLong(2);
        batch.digest = new Digest(rows.getBytes(6));
        batch.bytes += row.bytes();
      }
    }
    if (batch.last == 0) {
      return new Found.Nothing();
    }
    return new Found.Rows(
        new Batch(
            gateway,
            totals.epoch(),
            lane,
            from + 1 - base,
            batch.last - base,
            digestBefore(from, laneTotals),
            batch.digest,
            new LaneLedger(batch.taken, laneTotals.shedAndDeleted() + shed.eventsTo(batch.last)),
            ranges.declared(),
            batch.events));
  }

  private static Row row(ResultSet rows) throws SQLException {
    return new Row(
        rows.getInt(3), rows.getInt(4), rows.getBytes(7), rows.getBytes(8), rows.getBytes(9));
  }

  private static void requireSound(Row row, long checksum) {
    if (row.checksum() != checksum) {
      throw new IllegalArgumentException("its checksum does not fit");
    }
  }

  /** The digest up to {@code from}; empty if that row was given up before it was ever sent. */
  private Digest digestBefore(long from, LaneTotals totals) throws SQLException {
    if (from == totals.receiptedPosition()) {
      return totals.digestBeforeWaiting();
    }
    digestAt.setLong(1, from);
    try (ResultSet row = digestAt.executeQuery()) {
      return row.next() ? new Digest(row.getBytes(1)) : Digest.NONE;
    }
  }

  /** When the oldest waiting event was taken, in milliseconds; 0 if none waits. */
  long oldestAt() throws SQLException {
    try (ResultSet row = oldest.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }
}
