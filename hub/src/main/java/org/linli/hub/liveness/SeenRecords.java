package org.linli.hub.liveness;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.linli.event.CommunityId;
import org.linli.event.DeviceId;
import org.linli.event.GatewayId;
import org.linli.event.Kind;
import org.linli.hub.records.RecordsReader;
import org.linli.hub.registry.DeviceKey;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The table of when devices were last heard. */
@Component
class SeenRecords {

  private static final String SAVE =
      """
      INSERT INTO device_seen
        (device, kind, gateway, last_seen_at, said_offline, presence, since, community)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (community, device) DO UPDATE
      SET kind = excluded.kind, gateway = excluded.gateway, last_seen_at = excluded.last_seen_at,
          said_offline = excluded.said_offline, presence = excluded.presence,
          since = excluded.since
      """;
  private static final int ROWS_AT_ONCE = 500;

  private final JdbcTemplate writer;
  private final RecordsReader reader;

  SeenRecords(JdbcTemplate writer, RecordsReader reader) {
    this.writer = writer;
    this.reader = reader;
  }

  /** One device's row. */
  record Row(DeviceKey device, Sighting sighting, LastReported told) {}

  /** Writes rows within the caller's transaction. */
  void save(List<Row> rows) {
    writer.batchUpdate(
        SAVE,
        rows,
        ROWS_AT_ONCE,
        (statement, row) -> {
          statement.setString(1, row.device().device().value());
          statement.setString(2, row.sighting().kind().wireName());
          statement.setString(3, row.sighting().gateway().value());
          statement.setLong(4, row.sighting().lastSeenAt().toEpochMilli());
          statement.setInt(5, row.sighting().saidOffline() ? 1 : 0);
          statement.setString(6, row.told().presence().wireName());
          statement.setLong(7, row.told().since().toEpochMilli());
          statement.setString(8, row.device().community().value());
        });
  }

  /** Deletes rows within the caller's transaction. */
  void delete(Collection<DeviceKey> devices) {
    writer.batchUpdate(
        "DELETE FROM device_seen WHERE community = ? AND device = ?",
        devices,
        ROWS_AT_ONCE,
        (statement, device) -> {
          statement.setString(1, device.community().value());
          statement.setString(2, device.device().value());
        });
  }

  Map<DeviceKey, Row> all() {
    Map<DeviceKey, Row> all = new HashMap<>();
    reader
        .sql(
            """
            SELECT community, device, kind, gateway, last_seen_at, said_offline, presence, since
            FROM device_seen
            """)
        .query(
            row -> {
              DeviceKey device =
                  new DeviceKey(
                      new CommunityId(row.getString("community")),
                      new DeviceId(row.getString("device")));
              all.put(
                  device,
                  new Row(
                      device,
                      new Sighting(
                          Kind.ofWireName(row.getString("kind")).orElseThrow(),
                          new GatewayId(row.getString("gateway")),
                          Instant.ofEpochMilli(row.getLong("last_seen_at")),
                          row.getInt("said_offline") == 1),
                      new LastReported(
                          DevicePresence.ofWireName(row.getString("presence")),
                          Instant.ofEpochMilli(row.getLong("since")))));
            });
    return all;
  }
}
