package org.linli.edge.outbox.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linli.edge.memory.HeapShare;
import org.linli.edge.outbox.Losses;
import org.linli.event.DeviceId;
import org.linli.event.TakenEvent;
import org.linli.program.memory.RecentMap;

/** How many events of each device were given up, and the devices' numbers on disk. */
final class DeviceLosses {

  private final PreparedStatement refOf;
  private final PreparedStatement count;
  private final RecentMap<String, Long> refs =
      new RecentMap<>(HeapShare.LOSSES.bytes(), (name, ref) -> RecentMap.bytes(name));

  DeviceLosses(Connection writer) throws SQLException {
    refOf = writer.prepareStatement("SELECT ref FROM device WHERE name = ?");
    count =
        writer.prepareStatement(
            "INSERT INTO shed_device VALUES (?1, ?2)"
                + " ON CONFLICT (ref) DO UPDATE SET events = events + ?2");
  }

  /** Counts events by device. */
  DeviceCounts countsOf(List<TakenEvent> events) throws SQLException {
    DeviceCounts counts = new DeviceCounts();
    for (TakenEvent event : events) {
      counts.add(ref(event.event().device().value()), 1);
    }
    return counts;
  }

  private long ref(String name) throws SQLException {
    @Nullable Long known = refs.get(name);
    if (known != null) {
      return known;
    }
    refOf.setString(1, name);
    try (ResultSet row = refOf.executeQuery()) {
      if (!row.next()) {
        return DeviceCounts.OTHERS_REF;
      }
      refs.put(name, row.getLong(1));
      return row.getLong(1);
    }
  }

  /** The device's number was deleted. */
  void forget(String name) {
    refs.remove(name);
  }

  /** Adds the counts to the losses; with {@code sign} -1 subtracts them. */
  void count(DeviceCounts counts, int sign) throws SQLException {
    for (Map.Entry<Long, Long> entry : counts.byRef().entrySet()) {
      count.setLong(1, entry.getKey());
      count.setLong(2, sign * entry.getValue());
      count.executeUpdate();
    }
  }

  static Losses read(Connection reader, int most) throws SQLException {
    List<Losses.DeviceLoss> losses = new ArrayList<>();
    try (PreparedStatement select =
        reader.prepareStatement(
            "SELECT coalesce(name, '"
                + Losses.OTHERS
                + "') AS name, events FROM shed_device LEFT JOIN device USING (ref)"
                + " WHERE events > 0 ORDER BY events DESC, name LIMIT ?")) {
      select.setInt(1, most);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          losses.add(new Losses.DeviceLoss(new DeviceId(rows.getString(1)), rows.getLong(2)));
        }
      }
    }
    return new Losses(
        OutboxDatabase.number(
            reader,
            "SELECT count(*) FROM shed_device WHERE events > 0 AND ref <> "
                + DeviceCounts.OTHERS_REF),
        losses,
        OutboxDatabase.number(
            reader,
            "SELECT coalesce(sum(events), 0) FROM shed_device WHERE events > 0 AND ref = "
                + DeviceCounts.OTHERS_REF));
  }
}
