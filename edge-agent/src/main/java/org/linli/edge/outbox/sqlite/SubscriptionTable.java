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

/** What sessions of MQTT clients are subscribed to. For the writer thread only. */
final class SubscriptionTable {

  private static final String ONE = " WHERE session = ? AND kind = ? AND device = ?";

  private final PreparedStatement select;
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
    add =
        writer.prepareStatement(
            "INSERT INTO mqtt_subscription VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
                + " ON CONFLICT DO UPDATE SET qos = excluded.qos,"
                + " retain_as_published = excluded.retain_as_published");
    remove = writer.prepareStatement("DELETE FROM mqtt_subscription" + ONE);
    progress =
        writer.prepareStatement(
            "UPDATE mqtt_subscription SET reached = ?, packet = ?, sent = ?" + ONE);
    deleteOf = writer.prepareStatement("DELETE FROM mqtt_subscription WHERE session = ?");
    sweep =
        writer.prepareStatement(
            "DELETE FROM mqtt_subscription WHERE session NOT IN (SELECT id FROM mqtt_session)");
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

  void add(long session, Subscription subscription) throws SQLException {
    one(add, 1, session, subscription.address());
    add.setInt(4, subscription.qos());
    add.setBoolean(5, subscription.retainAsPublished());
    add.setLong(6, subscription.reached());
    add.setInt(7, subscription.packetId());
    add.setLong(8, subscription.sent());
    add.executeUpdate();
  }

  void remove(long session, CommandAddress address) throws SQLException {
    one(remove, 1, session, address);
    remove.executeUpdate();
  }

  void progress(long session, Subscription subscription) throws SQLException {
    progress.setLong(1, subscription.reached());
    progress.setInt(2, subscription.packetId());
    progress.setLong(3, subscription.sent());
    one(progress, 4, session, subscription.address());
    progress.executeUpdate();
  }

  void deleteOf(long session) throws SQLException {
    deleteOf.setLong(1, session);
    deleteOf.executeUpdate();
  }

  /** Deletes those whose session is gone. */
  void sweep() throws SQLException {
    sweep.executeUpdate();
  }

  private static void one(
      PreparedStatement statement, int first, long session, CommandAddress address)
      throws SQLException {
    statement.setLong(first, session);
    statement.setString(first + 1, address.kind().name());
    statement.setString(first + 2, address.device().value());
  }
}
