package org.linli.edge.outbox.sqlite;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.linli.edge.intake.DeviceSessions.Subscription;
import org.linli.edge.outbox.OutboxSettings;

/**
 * How much of the quota the rows of MQTT sessions take, reckoned from above, and how much they may.
 * Their share is their own: events do not take it, and what clients leave in their sessions pushes
 * out no event. For the writer thread only.
 */
final class SessionRoom {

  /** A page of the file may be a third full, so a row takes up to three times what is in it. */
  private static final int FILLED = 3;

  /** What is in a row, or in an entry of an index, beside its texts. */
  private static final int BESIDE = 40;

  /** What a packet id takes. */
  static final long RECEIVED = FILLED * 13L;

  private final long most;
  private long bytes;

  SessionRoom(Connection writer, OutboxSettings settings) throws SQLException {
    most = settings.sessionBytes();
    bytes =
        OutboxDatabase.number(writer, "SELECT " + ofSessions() + " FROM mqtt_session")
            + RECEIVED * OutboxDatabase.number(writer, "SELECT count(*) FROM mqtt_received")
            + OutboxDatabase.number(writer, "SELECT " + ofSubscriptions());
  }

  private static String ofSessions() {
    return "coalesce(sum("
        + FILLED
        + " * ("
        + 2 * BESIDE
        + " + 2 * length(CAST(client AS BLOB)))), 0)";
  }

  private static String ofSubscriptions() {
    return "coalesce(sum("
        + FILLED
        + " * ("
        + BESIDE
        + " + length(device))), 0) FROM mqtt_subscription";
  }

  /** What the row of a session takes, with the entry of its index. */
  static long ofSession(String client) {
    return FILLED * (2L * BESIDE + 2L * client.getBytes(StandardCharsets.UTF_8).length);
  }

  /** What a subscription takes. */
  static long of(Subscription subscription) {
    return ofSubscription(subscription.address().device().value().length());
  }

  /**
   * @param length of the device's name
   */
  static long ofSubscription(int length) {
    return FILLED * ((long) BESIDE + length);
  }

  /** SQL for what the session of the row at hand holds beside its own row. */
  static String held(String session) {
    return RECEIVED
        + " * (SELECT count(*) FROM mqtt_received WHERE session = "
        + session
        + ") + (SELECT "
        + ofSubscriptions()
        + " WHERE session = "
        + session
        + ")";
  }

  boolean has(long more) {
    return bytes + more <= most;
  }

  /** Whether there is room for a while: so much is made at once, as it takes a look at all. */
  boolean isAmple() {
    return bytes <= most - most / 16;
  }

  /** So much was written, or deleted where it is negative. */
  void add(long more) {
    bytes += more;
  }

  /** What the rows take of the quota, and of no more than their share. */
  long bytes() {
    return Math.clamp(bytes, 0, most);
  }
}
