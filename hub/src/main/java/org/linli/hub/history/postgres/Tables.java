package org.linli.hub.history.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.linli.hub.history.FarTimes;
import org.linli.hub.history.StoredPart;
import org.linli.hub.journal.HistoryParts.Part;
import org.linli.hub.journal.HubEvent;

/**
 * The tables: {@value #NEAR} in partitions of a day of UTC, by the events' own time, and {@value
 * #FAR} for times that are far from when the hub received them ({@link FarTimes}). Whatever is
 * missing is made before it is written to. For one thread, except for what the database itself
 * orders.
 */
final class Tables {

  static final String NEAR = "event_history";
  static final String FAR = "event_history_far";
  static final String METRICS = "event_history_metric";

  private static final long DAY = Duration.ofDays(1).toMillis();

  private static final int DAYS_REMEMBERED = 1_000;

  private static final String COLUMNS =
      """
      (time BIGINT NOT NULL, community TEXT NOT NULL, device TEXT NOT NULL, gateway TEXT NOT NULL,
        epoch BIGINT NOT NULL, number BIGINT NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL,
        type TEXT NOT NULL, urgent BOOLEAN NOT NULL, late BOOLEAN NOT NULL, device_time BIGINT,
        taken_at BIGINT NOT NULL, received_at BIGINT NOT NULL, stored_at BIGINT NOT NULL,
        period BIGINT NOT NULL, json TEXT NOT NULL, readings TEXT,
        PRIMARY KEY (time, device, gateway, epoch, number))
      """;

  private static final List<String> MAKE =
      List.of(
          "CREATE TABLE IF NOT EXISTS event_history " + COLUMNS + " PARTITION BY RANGE (time)",
          "CREATE INDEX IF NOT EXISTS event_history_device ON event_history (device, time)",
          "CREATE TABLE IF NOT EXISTS event_history_far " + COLUMNS,
          "CREATE INDEX IF NOT EXISTS event_history_far_device ON event_history_far (device, time)",
          "CREATE TABLE IF NOT EXISTS event_history_metric (community TEXT NOT NULL, device TEXT"
              + " NOT NULL, metric TEXT NOT NULL, PRIMARY KEY (community, device, metric))");

  private static final String DAYS =
      """
      SELECT child.relname, GREATEST(child.reltuples, 0)::bigint, pg_total_relation_size(child.oid)
      FROM pg_inherits JOIN pg_class child ON child.oid = inhrelid
      WHERE inhparent = to_regclass('%s')
      """
          .formatted(NEAR);

  private static final String PERIODS =
      "SELECT period, COUNT(*), SUM(pg_column_size(f.*)) FROM " + FAR + " f GROUP BY period";

  private final Set<Long> days = new HashSet<>();
  private boolean areMade;

  static Part part(HubEvent event) {
    return FarTimes.isFar(event)
        ? new Part(true, Long.toString(FarTimes.period(event)))
        : new Part(false, dayOf(day(event)).toString());
  }

  private static long day(HubEvent event) {
    return Math.floorDiv(event.taken().event().time().toEpochMilli(), DAY);
  }

  private static LocalDate dayOf(long day) {
    return LocalDate.ofEpochDay(day);
  }

  private static String suffix(LocalDate day) {
    return "_%04d%02d%02d".formatted(day.getYear(), day.getMonthValue(), day.getDayOfMonth());
  }

  /** Makes what these events need, in transactions of its own. */
  void have(Connection connection, List<HubEvent> events) throws SQLException {
    make(connection);
    for (HubEvent event : events) {
      if (!FarTimes.isFar(event) && !days.contains(day(event))) {
        haveDay(connection, day(event));
      }
    }
  }

  /** Another hub may make them at the same time, which one of the two then learns. */
  void make(Connection connection) throws SQLException {
    if (areMade) {
      return;
    }
    try (Statement statement = connection.createStatement()) {
      for (String one : MAKE) {
        statement.execute(one);
      }
    }
    areMade = true;
  }

  /**
   * Makes a table and attaches it, which lets others read and write the other days meanwhile, such
   * as a backup for hours.
   */
  private void haveDay(Connection connection, long day) throws SQLException {
    String name = NEAR + suffix(dayOf(day));
    try (Statement statement = connection.createStatement()) {
      if (!isThere(statement, name)) {
        connection.setAutoCommit(false);
        statement.execute("CREATE TABLE " + name + " (LIKE event_history INCLUDING DEFAULTS)");
        statement.execute(
            "ALTER TABLE event_history ATTACH PARTITION %s FOR VALUES FROM (%d) TO (%d)"
                .formatted(name, day * DAY, (day + 1) * DAY));
        connection.commit();
        connection.setAutoCommit(true);
      }
    }
    if (days.size() >= DAYS_REMEMBERED) {
      days.clear();
    }
    days.add(day);
  }

  /** What was made may be gone. */
  void forget() {
    areMade = false;
    days.clear();
  }

  private static boolean isThere(Statement statement, String table) throws SQLException {
    try (ResultSet there =
        statement.executeQuery("SELECT to_regclass('" + table + "') IS NOT NULL")) {
      return there.next() && there.getBoolean(1);
    }
  }

  /** Whether there is anything to read. */
  static boolean areMade(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return isThere(statement, METRICS);
    }
  }

  static List<StoredPart> parts(Connection connection) throws SQLException {
    List<StoredPart> parts = new ArrayList<>();
    if (!areMade(connection)) {
      return parts;
    }
    try (Statement statement = connection.createStatement();
        ResultSet days = statement.executeQuery(DAYS)) {
      while (days.next()) {
        String day = days.getString(1).substring(NEAR.length() + 1);
        LocalDate date =
            LocalDate.of(
                Integer.parseInt(day.substring(0, day.length() - 4)),
                Integer.parseInt(day.substring(day.length() - 4, day.length() - 2)),
                Integer.parseInt(day.substring(day.length() - 2)));
        parts.add(
            new StoredPart(new Part(false, date.toString()), days.getLong(2), days.getLong(3)));
      }
    }
    try (Statement statement = connection.createStatement();
        ResultSet periods = statement.executeQuery(PERIODS)) {
      while (periods.next()) {
        parts.add(
            new StoredPart(
                new Part(true, periods.getString(1)), periods.getLong(2), periods.getLong(3)));
      }
    }
    return parts;
  }

  /**
   * Drops those that are still to be dropped; returns them. One that somebody reads for long is
   * left for the next time, and those behind it.
   */
  List<StoredPart> drop(Connection connection, List<StoredPart> parts, Predicate<Part> still)
      throws SQLException {
    List<StoredPart> gone = new ArrayList<>();
    for (StoredPart part : parts) {
      if (!still.test(part.part())) {
        continue;
      }
      try {
        drop(connection, part.part());
      } catch (SQLException e) {
        if (gone.isEmpty()) {
          throw e;
        }
        return gone;
      }
      gone.add(part);
    }
    return gone;
  }

  private void drop(Connection connection, Part part) throws SQLException {
    if (part.far()) {
      try (PreparedStatement delete =
          connection.prepareStatement("DELETE FROM " + FAR + " WHERE period = ?")) {
        delete.setLong(1, Long.parseLong(part.name()));
        delete.executeUpdate();
      }
      return;
    }
    LocalDate day = LocalDate.parse(part.name());
    try (Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS " + NEAR + suffix(day));
    }
    days.remove(day.toEpochDay());
  }
}
