package org.linli.edge.outbox.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.outbox.DeadLetter;
import org.linli.edge.outbox.DeadLetterCount;
import org.linli.edge.outbox.DeadLetterQuery;
import org.linli.edge.profile.Interpreted;

/** The newest dead letters, up to a limit. */
final class DeadLetterTable {

  private static final int MAX_SAMPLE_BYTES = 1024;
  private static final int MAX_TEXT_LENGTH = 512;
  private static final int MAX_ADDRESS_LENGTH = 200;

  /** In databases of earlier versions, which another process may read, there is none. */
  private static final String ADDRESS = "address";

  private static final String EMERGENCY = "emergency";

  private final int kept;
  private final PreparedStatement insert;
  private final PreparedStatement trim;

  DeadLetterTable(Connection writer, int kept) throws SQLException {
    this.kept = kept;
    insert =
        writer.prepareStatement(
            "INSERT INTO dead_letter (at, source, reason, detail, size, sample, address,"
                + " emergency) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    trim =
        writer.prepareStatement(
            "DELETE FROM dead_letter WHERE id <= (SELECT max(id) FROM dead_letter) - ?");
  }

  /**
   * @param emergency what it may report; null for none
   */
  void add(Interpreted.Refused refused, @Nullable EmergencyDeadLetter emergency)
      throws SQLException {
    Message message = refused.message();
    byte[] payload = message.payload();
    insert.setLong(1, message.receivedAt().toEpochMilli());
    insert.setString(2, cut(message.source(), MAX_TEXT_LENGTH));
    insert.setString(3, refused.refusal().reason().wireName());
    insert.setString(4, cut(refused.refusal().detail(), MAX_TEXT_LENGTH));
    insert.setLong(5, message.size());
    insert.setBytes(6, Arrays.copyOf(payload, Math.min(payload.length, MAX_SAMPLE_BYTES)));
    insert.setString(7, address(message));
    insert.setString(8, emergency == null ? null : emergency.why());
    insert.executeUpdate();
  }

  private static @Nullable String address(Message message) {
    String sentTo = EmergencyDeadLetter.UNSEEN.matcher(message.destination()).replaceAll("·");
    return sentTo.isEmpty() ? null : cut(sentTo, MAX_ADDRESS_LENGTH);
  }

  /** Deletes the oldest beyond the limit. */
  void trim() throws SQLException {
    trim.setInt(1, kept);
    trim.executeUpdate();
  }

  static List<DeadLetter> newest(Connection reader, DeadLetterQuery query) throws SQLException {
    List<DeadLetter> letters = new ArrayList<>();
    try (PreparedStatement select =
        reader.prepareStatement(
            "SELECT * FROM dead_letter"
                + " WHERE (?1 IS NULL OR reason = ?1)"
                + " AND (?2 IS NULL OR substr(source, 1, length(?2)) = ?2)"
                + " ORDER BY id DESC LIMIT ?3")) {
      select.setString(1, query.reason() == null ? null : query.reason().wireName());
      select.setString(2, query.source());
      select.setInt(3, query.limit());
      try (ResultSet rows = select.executeQuery()) {
        boolean hasAddresses = hasColumn(rows, ADDRESS);
        boolean hasEmergencies = hasColumn(rows, EMERGENCY);
        while (rows.next()) {
          letters.add(
              new DeadLetter(
                  rows.getLong("id"),
                  Instant.ofEpochMilli(rows.getLong("at")),
                  rows.getString("source"),
                  hasAddresses ? rows.getString(ADDRESS) : null,
                  new Refusal(reason(rows.getString("reason")), rows.getString("detail")),
                  hasEmergencies ? rows.getString(EMERGENCY) : null,
                  rows.getLong("size"),
                  rows.getBytes("sample")));
        }
      }
    }
    return letters;
  }

  static DeadLetterCount count(Connection reader, long inAll) throws SQLException {
    // Ids have no gaps, so no rows have to be counted.
    try (PreparedStatement select =
            reader.prepareStatement(
                "SELECT id - (SELECT min(id) FROM dead_letter) + 1, at, reason FROM dead_letter"
                    + " ORDER BY id DESC LIMIT 1");
        ResultSet newest = select.executeQuery()) {
      return newest.next()
          ? new DeadLetterCount(
              newest.getLong(1),
              inAll,
              Instant.ofEpochMilli(newest.getLong(2)),
              reason(newest.getString(3)))
          : new DeadLetterCount(0, inAll, null, null);
    }
  }

  private static boolean hasColumn(ResultSet rows, String name) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      if (columns.getColumnName(i).equals(name)) {
        return true;
      }
    }
    return false;
  }

  private static RefusalReason reason(String wireName) throws SQLException {
    return RefusalReason.ofWireName(wireName)
        .orElseThrow(() -> new SQLException("dead letter with unknown reason " + wireName));
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most);
  }
}
