package org.linli.edge.outbox.sqlite;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linli.edge.outbox.Losses;
import org.linli.event.Batch;
import org.linli.event.DeviceId;
import org.linli.event.Lane;
import org.linli.event.ShedRange;

/** Reads the given-up events of one lane, as batches declare them. For one thread at a time. */
final class ShedReader {

  /** Limit of a batch's ranges in encoded bytes, except those of its first row. */
  static final int MOST_BYTES = 1024 * 1024;

  /** Bytes of a count and the fields around a name. */
  private static final int BYTES_BESIDE = 16;

  private static final int MOST_COUNTS = Batch.MAX_SHED_COUNTS / 2;

  /** Limit for an entry of an earlier version; with its names it fits a batch. */
  private static final int LARGEST_ENTRY = 20_000;

  private final PreparedStatement entryAt;
  private final PreparedStatement eventsTo;
  private final PreparedStatement nameOf;
  private final PreparedStatement any;

  ShedReader(Connection reader, Lane lane) throws SQLException {
    String table = ShedTable.nameOf(lane);
    entryAt =
        reader.prepareStatement(
            "SELECT devices FROM " + table + " WHERE position = ? AND unsure = 0");
    eventsTo =
        reader.prepareStatement(
            "SELECT coalesce(sum(events), 0) FROM "
                + table
                + " WHERE position <= ? AND unsure = 0");
    nameOf = reader.prepareStatement("SELECT name FROM device WHERE ref = ?");
    any = reader.prepareStatement("SELECT 1 FROM " + table + " LIMIT 1");
  }

  /** Number of events up to this position that are certainly lost. */
  long eventsTo(long position) throws SQLException {
    eventsTo.setLong(1, position);
    try (ResultSet row = eventsTo.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  Ranges from(long position, long base) throws SQLException {
    try (ResultSet row = any.executeQuery()) {
      return new Ranges(base, row.next());
    }
  }

  /** The ranges of a batch, collected row by row. */
  final class Ranges {

    private final long base;
    private final boolean isAny;
    private final List<ShedRange> declared = new ArrayList<>();
    private int counts;
    private long bytes;

    private Ranges(long base, boolean isAny) {
      this.base = base;
      this.isAny = isAny;
    }

    List<ShedRange> declared() {
      return declared;
    }

    /**
     * Adds what is reported with a row, if there is room for it.
     *
     * @param before position of the row before it
     * @param isEmpty whether it also stands for the deleted rows in between
     * @param isFirst whether it is the batch's first row, for which there always is room
     * @return whether there was room
     */
    boolean upTo(long position, long before, boolean isEmpty, boolean isFirst) throws SQLException {
      byte @Nullable [] devices = isAny ? entry(position) : null;
      if (devices == null) {
        return true;
      }
      DeviceCounts lost = DeviceCounts.decode(devices).most(LARGEST_ENTRY);
      Map<DeviceId, Long> byDevice = new HashMap<>();
      long itsBytes = BYTES_BESIDE;
      for (Map.Entry<Long, Long> count : lost.byRef().entrySet()) {
        DeviceId device = device(count.getKey());
        byDevice.merge(device, count.getValue(), Math::addExact);
        itsBytes += BYTES_BESIDE + device.value().getBytes(StandardCharsets.UTF_8).length;
      }
      int itsCounts = 1 + byDevice.size();
      if (!isFirst && (counts + itsCounts > MOST_COUNTS || bytes + itsBytes > MOST_BYTES)) {
        return false;
      }
      counts += itsCounts;
      bytes += itsBytes;
      long first = isEmpty ? before + 1 : position;
      declare(new ShedRange(first - base, position - base, byDevice));
      return true;
    }

    /** Joins adjacent ranges. */
    private void declare(ShedRange next) {
      if (declared.isEmpty() || declared.getLast().last() + 1 != next.first()) {
        declared.add(next);
        return;
      }
      ShedRange last = declared.removeLast();
      Map<DeviceId, Long> byDevice = new HashMap<>(last.eventsByDevice());
      next.eventsByDevice().forEach((device, count) -> byDevice.merge(device, count, Long::sum));
      declared.add(new ShedRange(last.first(), next.last(), byDevice));
    }
  }

  private byte @Nullable [] entry(long position) throws SQLException {
    entryAt.setLong(1, position);
    try (ResultSet row = entryAt.executeQuery()) {
      return row.next() ? row.getBytes(1) : null;
    }
  }

  private DeviceId device(long ref) throws SQLException {
    nameOf.setLong(1, ref);
    try (ResultSet row = nameOf.executeQuery()) {
      return row.next() ? new DeviceId(row.getString(1)) : Losses.OTHERS;
    }
  }
}
