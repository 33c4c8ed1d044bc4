package org.linli.edge.outbox.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.linli.event.Lane;

/**
 * The given-up events of one lane, by the row that reports them to the hub: events of that row
 * itself, and of the deleted rows before it. The hub may have the events of an unsure entry.
 */
final class ShedTable {

  private final PreparedStatement find;
  private final PreparedStatement put;
  private final PreparedStatement remove;
  private final PreparedStatement sums;
  private final PreparedStatement unsure;
  private final PreparedStatement deleteTo;
  private final PreparedStatement count;
  private long entries;

  ShedTable(Connection writer, Lane lane) throws SQLException {
    String table = nameOf(lane);
    find =
        writer.prepareStatement(
            "SELECT events, devices FROM " + table + " WHERE position = ? AND unsure = ?");
    put = writer.prepareStatement("INSERT OR REPLACE INTO " + table + " VALUES (?, ?, ?, ?)");
    remove = writer.prepareStatement("DELETE FROM " + table + " WHERE position = ? AND unsure = ?");
    sums =
        writer.prepareStatement(
            "SELECT coalesce(sum(events) FILTER (WHERE unsure = 0), 0),"
                + " coalesce(sum(events) FILTER (WHERE unsure = 1), 0) FROM "
                + table
                + " WHERE position <= ?");
    unsure =
        writer.prepareStatement(
            "SELECT position, events, devices FROM "
                + table
                + " WHERE position <= ? AND unsure = 1 ORDER BY position");
    deleteTo = writer.prepareStatement("DELETE FROM " + table + " WHERE position <= ?");
    count = writer.prepareStatement("SELECT count(*) FROM " + table);
    entries = counted();
  }

  static String nameOf(Lane lane) {
    return lane.wireName() + "_shed";
  }

  /** A number of events, and their devices; those of damaged rows have no device. */
  record Loss(long events, DeviceCounts devices) {

    static Loss ofNobody(long events) {
      return new Loss(events, new DeviceCounts());
    }

    Loss plus(Loss other) {
      DeviceCounts together = new DeviceCounts();
      together.addAll(devices);
      together.addAll(other.devices);
      return new Loss(events + other.events, together);
    }

    /**
     * The same with at most {@code mostDevices} devices, those that lost most; the rest counts for
     * others.
     */
    Loss ofMost(int mostDevices) {
      return new Loss(events, devices.most(mostDevices));
    }
  }

  /** An entry that may be at the hub after all. */
  record Unsure(long position, Loss loss) {}

  /** Events that are certainly lost, and events of unsure entries. */
  record Sums(long sure, long unsure) {}

  private long counted() throws SQLException {
    try (ResultSet row = count.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Number of entries. */
  long entries() {
    return entries;
  }

  Optional<Loss> find(long position, boolean isUnsure) throws SQLException {
    find.setLong(1, position);
    find.setBoolean(2, isUnsure);
    try (ResultSet entry = find.executeQuery()) {
      return entry.next()
          ? Optional.of(new Loss(entry.getLong(1), DeviceCounts.decode(entry.getBytes(2))))
          : Optional.empty();
    }
  }

  void add(long position, boolean isUnsure, Loss loss) throws SQLException {
    Optional<Loss> before = find(position, isUnsure);
    Loss all = before.isPresent() ? before.get().plus(loss) : loss;
    entries += before.isPresent() ? 0 : 1;
    put.setLong(1, position);
    put.setBoolean(2, isUnsure);
    put.setLong(3, all.events());
    put.setBytes(4, all.devices().encode());
    put.executeUpdate();
  }

  void remove(long position, boolean isUnsure) throws SQLException {
    remove.setLong(1, position);
    remove.setBoolean(2, isUnsure);
    entries -= remove.executeUpdate();
  }

  Sums sumsTo(long position) throws SQLException {
    sums.setLong(1, position);
    try (ResultSet row = sums.executeQuery()) {
      row.next();
      return new Sums(row.getLong(1), row.getLong(2));
    }
  }

  List<Unsure> unsureTo(long position) throws SQLException {
    List<Unsure> entries = new ArrayList<>();
    unsure.setLong(1, position);
    try (ResultSet rows = unsure.executeQuery()) {
      while (rows.next()) {
        entries.add(
            new Unsure(
                rows.getLong(1), new Loss(rows.getLong(2), DeviceCounts.decode(rows.getBytes(3)))));
      }
    }
    return entries;
  }

  /** The hub does not have the unsure entries up to here, so they are lost. */
  void settle(long position) throws SQLException {
    for (Unsure entry : unsureTo(position)) {
      remove(entry.position(), true);
      add(entry.position(), false, entry.loss());
    }
  }

  void deleteTo(long position) throws SQLException {
    deleteTo.setLong(1, position);
    entries -= deleteTo.executeUpdate();
  }
}
