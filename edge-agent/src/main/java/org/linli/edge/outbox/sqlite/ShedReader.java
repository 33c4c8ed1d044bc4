package org.linli.edge.outbox.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linli.event.Batch;
import org.linli.event.DeviceId;
import org.linli.event.Lane;
import org.linli.event.ShedRange;

/** Reads what one lane gave up, as batches declare it. For one thread at a time. */
final class ShedReader {

  private static final int MAX_COUNTS = Batch.MAX_SHED_COUNTS / 2;

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

  /** How many events up to this position are lost for sure. */
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

  /** What a batch declares, as its rows are gone through. */
  final class Ranges {

    private final long base;
    private final boolean isAny;
    private final List<ShedRange> declared = new ArrayList<>();
    private int counts;

    private Ranges(long base, boolean isAny) {
      this.base = base;
      this.isAny = isAny;
    }

    boolean hasRoom() {
      return counts < MAX_COUNTS;
    }

    List<ShedRange> declared() {
      return declared;
    }

    /**
     * Takes in what is told with a row.
     *
     * @param before position of the row before it
     * @param isEmpty whether it stands for those in between, too, that are gone
     */
    void upTo(long position, long before, boolean isEmpty) throws SQLException {
      byte @Nullable [] devices = isAny ? entry(position) : null;
      if (devices == null) {
        return;
      }
      Map<DeviceId, Long> byDevice = new HashMap<>();
      for (Map.Entry<Long, Long> count : DeviceCounts.decode(devices).byRef().entrySet()) {
        byDevice.put(device(count.getKey()), count.getValue());
      }
      counts += 1 + byDevice.size();
      long first = isEmpty ? before + 1 : position;
      declare(new ShedRange(first - base, position - base, byDevice));
    }

    /** Ranges that follow each other become one. */
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
      if (!row.next()) {
        throw new SQLException("table device has no ref " + ref);
      }
      return new DeviceId(row.getString(1));
    }
  }
}
