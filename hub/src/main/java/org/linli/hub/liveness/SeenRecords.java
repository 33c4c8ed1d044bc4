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
import org.linli.hub.records.CommunityRecords;
import org.linli.hub.records.Within;
import org.linli.hub.registry.DeviceKey;
import org.springframework.stereotype.Component;

/** The table of when devices were last heard. */
@Component
class SeenRecords {

  private static final String SAVE =
      """
      INSERT INTO device_seen ({community}, device, kind, gateway, last_seen_at, said_offline, presence, since)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (community, device) DO UPDATE
      SET kind = excluded.kind, gateway = excluded.gateway, last_seen_at = excluded.last_seen_at,
          said_offline = excluded.said_offline, presence = excluded.presence,
          since = excluded.since
      """;

  private final CommunityRecords records;

  SeenRecords(CommunityRecords records) {
    this.records = records;
  }

  /** One device's row. */
  record Row(DeviceKey device, Sighting sighting, LastReported told) {}

  /** Writes rows within the caller's transaction. */
  void save(List<Row> rows) {
    records.batch(
        SAVE,
        rows,
        row -> row.device().community(),
        (statement, row) -> {
          statement.setString(2, row.device().device().value());
          statement.setString(3, row.sighting().kind().wireName());
          statement.setString(4, row.sighting().gateway().value());
          statement.setLong(5, row.sighting().lastSeenAt().toEpochMilli());
          statement.setInt(6, row.sighting().saidOffline() ? 1 : 0);
          statement.setString(7, row.told().presence().wireName());
          statement.setLong(8, row.told().since().toEpochMilli());
        });
  }

  /** Deletes rows within the caller's transaction. */
  void delete(Collection<DeviceKey> devices) {
    records.batch(
        "DELETE FROM device_seen WHERE {community} AND device = ?",
        devices,
        DeviceKey::community,
        (statement, device) -> statement.setString(2, device.device().value()));
  }

  Map<DeviceKey, Row> all() {
    Map<DeviceKey, Row> all = new HashMap<>();
    records
        .read(
            new Within.All("read once, at the start"),
            """
            SELECT community, device, kind, gateway, last_seen_at, said_offline, presence, since
            FROM device_seen WHERE {community}
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
