package org.linli.edge.outbox.sqlite;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.linli.edge.intake.DeviceSessions.Subscription;
import org.linli.edge.outbox.OutboxSettings;

/**
 * An upper estimate of the quota that the rows of MQTT sessions take, and its limit. The share is
 * separate: events cannot use it, and session data of clients evicts no event. For the writer
 * thread only.
 */
final class SessionRoom {

  /** A page of the file may be only a third full, so a row takes up to three times its content. */
  private static final int FILLED = 3;

  /** Bytes of a row, or of an index entry, beside its texts. */
  private static final int BESIDE = 40;

  /** Bytes of a packet id. */
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

  /** Bytes of the row of a session, with its index entry. */
  static long ofSession(String client) {
    return FILLED * (2L * BESIDE + 2L * client.getBytes(StandardCharsets.UTF_8).length);
  }

  /** Bytes of a subscription. */
  static long of(Subscription subscription) {
    return ofSubscription(subscription.address().device().value().length());
  }

  /**
   * @param length of the device's name
   */
  static long ofSubscription(int length) {
    return FILLED * ((long) BESIDE + length);
  }

  /** SQL for the bytes of the current row's session beside its own row. */
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

  /**
   * Whether there is room for a while: more is freed at once than needed, because freeing scans
   * everything.
   */
  boolean isAmple() {
    return bytes <= most - most / 16;
  }

  /** Adds bytes that were written; negative if they were deleted. */
  void add(long more) {
    bytes += more;
  }

  /** The quota that the rows take, at most their share. */
  long bytes() {
    return Math.clamp(bytes, 0, most);
  }
}
