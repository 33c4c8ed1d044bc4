package org.linli.sims.hostile;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import org.linli.sims.console.CannotRunException;

/** Counts the rows of a program's database while the program runs. */
final class Rows {

  /** A generous bound: the community of a run has 104. */
  private static final long REGISTERED = 128;

  /**
   * The tables that unknown clients can make grow, and their limits with the gateway's heap and the
   * settings of a run (docs/bounds.md). For sessions, the limits are the numbers of ids and
   * subscriptions that the attacks ask for, which are below those of the program.
   */
  static final Map<String, Long> LIMITS =
      Map.ofEntries(
          Map.entry("gateway.device", 65_536 + REGISTERED),
          Map.entry("gateway.dead_letter", 1_000L),
          Map.entry("gateway.mqtt_session", 10_000L),
          Map.entry("gateway.mqtt_subscription", 100_000L),
          Map.entry("gateway.mqtt_received", 205_000L),
          Map.entry("gateway.offline_device", 20_000L),
          // One sixteenth is deleted at a time, once the limit is reached.
          Map.entry("hub.device_order", 20_000 + 20_000 / 16 + REGISTERED),
          Map.entry("hub.device_seen", 10_000 + REGISTERED),
          Map.entry("hub.dead_letter", 1_000L),
          Map.entry("hub.similar_type", 1_000 + 8 * REGISTERED),
          // Both lanes of the one gateway; the others share a row.
          Map.entry("hub.shed_count", 2 * 11_000L),
          // A few are deleted at a time; a hundred devices can share an id.
          Map.entry("hub.change", 100 * 10_100L),
          Map.entry("hub.unregistered_equipment", 500L),
          Map.entry("hub.watermark", 16 * 2L));

  private Rows() {}

  /**
   * The rows of every table that has a limit, by program and table.
   *
   * @throws CannotRunException when the database cannot be read, or lacks one of them
   */
  static Map<String, Long> count(String program, Path database) throws CannotRunException {
    Map<String, Long> rows = new TreeMap<>();
    if (!Files.exists(database)) {
      throw CannotRunException.unusable("There is no %s.".formatted(database));
    }
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:file:%s?mode=ro".formatted(database));
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 5000");
      for (String table : LIMITS.keySet()) {
        if (table.startsWith(program + ".")) {
          rows.put(table, count(statement, table.substring(program.length() + 1)));
        }
      }
      return rows;
    } catch (SQLException e) {
      throw CannotRunException.unusable(
          "The rows of %s cannot be counted: %s.".formatted(database, e.getMessage()));
    }
  }

  private static long count(Statement statement, String table) throws SQLException {
    try (ResultSet result = statement.executeQuery("SELECT count(*) FROM " + table)) {
      return result.next() ? result.getLong(1) : 0;
    }
  }
}
