package org.linli.hub.history.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.linli.hub.history.SeriesPoint;
import org.linli.hub.history.SeriesQuery;
import org.linli.hub.history.Stretches;
import org.linli.hub.registry.DeviceKey;

/** Answers queries for series, from the values of the events. */
final class Series {

  /** What no text of PostgreSQL has, and so no metric that it knows. */
  private static final String NOTHING = "\u0000";

  private static final String READ =
      """
      SELECT (time - ?) / ? AS slot, MIN(value), MAX(value), SUM(value) / COUNT(*),
        (ARRAY_AGG(value ORDER BY time DESC, epoch DESC, number DESC))[1], COUNT(*), MAX(time)
      FROM (
        SELECT time, epoch, number, CASE json_typeof(read)
          WHEN 'number' THEN (read #>> '{}')::double precision
          WHEN 'boolean' THEN (read #>> '{}')::boolean::int::double precision
        END AS value
        FROM (
          SELECT time, epoch, number, COALESCE(readings, json)::json -> ? AS read FROM %s
          WHERE community = ? AND device = ? AND time >= ? AND time < ?
        ) AS events
      ) AS readings
      WHERE value IS NOT NULL GROUP BY slot
      """;

  private static final String NAMES =
      "SELECT metric FROM "
          + Tables.METRICS
          + " WHERE community = ? AND device = ? ORDER BY metric";

  private Series() {}

  static List<SeriesPoint> series(Connection connection, SeriesQuery query, Communities communities)
      throws SQLException {
    if (query.metric().contains(NOTHING)) {
      return List.of();
    }
    Stretches stretches = new Stretches();
    read(connection, query, communities, Tables.NEAR, stretches);
    read(connection, query, communities, Tables.FAR, stretches);
    return stretches.points();
  }

  private static void read(
      Connection connection,
      SeriesQuery query,
      Communities communities,
      String table,
      Stretches stretches)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(READ.formatted(table))) {
      long from = query.from().toEpochMilli();
      long stretch = query.stretch().toMillis();
      select.setLong(1, from);
      select.setLong(2, stretch);
      select.setString(3, query.metric());
      select.setString(4, communities.stored(query.device().community()));
      select.setString(5, query.device().device().value());
      select.setLong(6, from);
      select.setLong(7, query.to().toEpochMilli());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          stretches.add(
              new SeriesPoint(
                  Instant.ofEpochMilli(from + row.getLong(1) * stretch),
                  row.getDouble(2),
                  row.getDouble(3),
                  row.getDouble(4),
                  row.getDouble(5),
                  row.getLong(6)),
              Instant.ofEpochMilli(row.getLong(7)));
        }
      }
    }
  }

  static List<String> metrics(Connection connection, DeviceKey device, Communities communities)
      throws SQLException {
    List<String> metrics = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(NAMES)) {
      select.setString(1, communities.stored(device.community()));
      select.setString(2, device.device().value());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          metrics.add(row.getString(1));
        }
      }
    }
    return metrics;
  }
}
