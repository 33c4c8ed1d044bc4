package org.linli.edge.outbox.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.linli.edge.command.CommandAddress;
import org.linli.edge.intake.DeviceSessions.Subscription;
import org.linli.event.DeviceId;
import org.linli.event.Kind;

/** Subscriptions of MQTT sessions. For the writer thread only. */
final class SubscriptionTable {

  private static final String ONE = " WHERE session = ? AND kind = ? AND device = ?";

  /** Returned by a deletion, to compute the room that it made. */
  private static final String LENGTH = " RETURNING length(device)";

  private final PreparedStatement select;
  private final PreparedStatement find;
  private final PreparedStatement add;
  private final PreparedStatement remove;
  private final PreparedStatement progress;
  private final PreparedStatement deleteOf;
  private final PreparedStatement sweep;

  SubscriptionTable(Connection writer) throws SQLException {
    select =
        writer.prepareStatement(
            "SELECT kind, device, qos, retain_as_published, reached, packet, sent"
                + " FROM mqtt_subscription WHERE session = ?");
    find = writer.prepareStatement("SELECT 1 FROM mqtt_subscription" + ONE);
    add =
        writer.prepareStatement(
            "INSERT INTO mqtt_subscription VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
                + " ON CONFLICT DO UPDATE SET qos = excluded.qos,"
                + " retain_as_published = excluded.retain_as_published");
    remove = writer.prepareStatement("DELETE FROM mqtt_subscription" + ONE);
    progress =
        writer.prepareStatement(
            "UPDATE mqtt_subscription SET reached = ?, packet = ?, sent = ?" + ONE);
    deleteOf = writer.prepareStatement("DELETE FROM mqtt_subscription WHERE session = ?" + LENGTH);
    sweep =
        writer.prepareStatement(
            "DELETE FROM mqtt_subscription WHERE session NOT IN (SELECT id FROM mqtt_session)"
                + LENGTH);
  }

  List<Subscription> of(long session) throws SQLException {
    List<Subscription> subscriptions = new ArrayList<>();
    select.setLong(1, session);
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        subscriptions.add(
            new Subscription(
                new CommandAddress(
                    Kind.valueOf(rows.getString(1)), new DeviceId(rows.getString(2))),
                rows.getInt(3),
                rows.getBoolean(4),
                rows.getLong(5),
                rows.getInt(6),
                rows.getLong(7)));
      }
    }
    return subscriptions;
  }

  boolean has(long session, Subscription subscription) throws SQLException {
    one(find, 1, session, subscription.address());
    try (ResultSet row = find.executeQuery()) {
      return row.next();
    }
  }

  void add(long session, Subscription subscription) throws SQLException {
    one(add, 1, session, subscription.address());
    add.setInt(4, subscription.qos());
    add.setBoolean(5, subscription.retainAsPublished());
    add.setLong(6, subscription.reached());
    add.setInt(7, subscription.packetId());
    add.setLong(8, subscription.sent());
    add.executeUpdate();
  }

  /**
   * @return the number of bytes freed
   */
  long remove(long session, CommandAddress address) throws SQLException {
    one(remove, 1, session, address);
    return remove.executeUpdate() * SessionRoom.ofSubscription(address.device().value().length());
  }

  void progress(long session, Subscription subscription) throws SQLException {
    progress.setLong(1, subscription.reached());
    progress.setInt(2, subscription.packetId());
    progress.setLong(3, subscription.sent());
    one(progress, 4, session, subscription.address());
    progress.executeUpdate();
  }

  /**
   * @return the number of bytes freed
   */
  long deleteOf(long session) throws SQLException {
    deleteOf.setLong(1, session);
    return deleted(deleteOf);
  }

  /**
   * Deletes those whose session is gone.
   *
   * @return the number of bytes freed
   */
  long sweep() throws SQLException {
    return deleted(sweep);
  }

  private static long deleted(PreparedStatement deletion) throws SQLException {
    long bytes = 0;
    try (ResultSet rows = deletion.executeQuery()) {
      while (rows.next()) {
        bytes += SessionRoom.ofSubscription(rows.getInt(1));
      }
    }
    return bytes;
  }

  private static void one(
      PreparedStatement statement, int first, long session, CommandAddress address)
      throws SQLException {
    statement.setLong(first, session);
    statement.setString(first + 1, address.kind().name());
    statement.setString(first + 2, address.device().value());
  }
}
