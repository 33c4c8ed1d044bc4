package org.linli.edge.outbox.sqlite;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * One line for each commit: the devices of its events, in order, and the hash of each id. Together
 * with the saved rows of table {@code device} it holds the state of every device, without a write
 * for each device in each commit.
 */
final class IdentityLog {

  private final PreparedStatement insert;
  private final PreparedStatement delete;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  IdentityLog(Connection writer) throws SQLException {
    insert = writer.prepareStatement("INSERT INTO identity_log VALUES (?, ?, ?)");
    delete = writer.prepareStatement("DELETE FROM identity_log WHERE number <= ?");
  }

  /** Receives the entries of the log. */
  interface Listener {
    void event(long number, int second, long deviceRef, @Nullable Long hash) throws SQLException;
  }

  /** Adds an event to the next line; the hash of its id, or null if it has none. */
  void add(long deviceRef, @Nullable Long hash) {
    Varints.write(line, deviceRef << 1 | (hash == null ? 0 : 1));
    if (hash != null) {
      for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
        line.write((int) (hash >>> shift));
      }
    }
  }

  /** Writes the next line. */
  void write(long number, int second) throws SQLException {
    insert.setLong(1, number);
    insert.setInt(2, second);
    insert.setBytes(3, line.toByteArray());
    insert.executeUpdate();
    line.reset();
  }

  void deleteTo(long number) throws SQLException {
    delete.setLong(1, number);
    delete.executeUpdate();
  }

  /** The number of the oldest line; 0 if there is none. */
  static long oldest(Connection connection) throws SQLException {
    return OutboxDatabase.number(connection, "SELECT min(number) FROM identity_log");
  }

  /**
   * Passes every event of the log to a listener, oldest first.
   *
   * @return the number of the newest line; 0 if there is none
   */
  static long replay(Connection connection, Listener listener) throws SQLException {
    long newest = 0;
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT number, at, events FROM identity_log ORDER BY number");
        ResultSet lines = select.executeQuery()) {
      while (lines.next()) {
        newest = lines.getLong(1);
        ByteBuffer in = ByteBuffer.wrap(lines.getBytes(3));
        try {
          while (in.hasRemaining()) {
            long head = Varints.read(in);
            @Nullable Long hash = (head & 1) == 1 ? in.getLong() : null;
            listener.event(newest, lines.getInt(2), head >>> 1, hash);
          }
        } catch (BufferUnderflowException e) {
          throw new SQLException("line " + newest + " of table identity_log is cut short", e);
        }
      }
    }
    return newest;
  }
}
