package org.linli.hub.adoption;

import java.time.Instant;
import java.util.List;
import org.linli.event.CommunityId;
import org.linli.event.DeviceId;
import org.linli.event.EventType;
import org.linli.event.GatewayId;
import org.linli.event.Kind;
import org.linli.event.SampleValue;
import org.linli.event.UnregisteredEquipment;
import org.linli.event.UnregisteredEquipment.KindFrom;
import org.linli.hub.records.RecordsReader;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The table of unregistered equipment. */
@Repository
class UnregisteredRecords {

  private static final String SAVE =
      """
      INSERT INTO unregistered_equipment
        (gateway, profile, address, device, kind, kind_from, type, sample, first_heard,
         last_heard, count, community)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (gateway, profile, address) DO UPDATE
      SET community = excluded.community, device = excluded.device, kind = excluded.kind, kind_from = excluded.kind_from,
          type = excluded.type, sample = excluded.sample, first_heard = excluded.first_heard,
          last_heard = excluded.last_heard, count = excluded.count
      """;

  private final JdbcTemplate writer;
  private final RecordsReader reader;
  private final JsonMapper json;

  UnregisteredRecords(JdbcTemplate writer, RecordsReader reader, JsonMapper json) {
    this.writer = writer;
    this.reader = reader;
    this.json = json;
  }

  List<HeardEquipment> all() {
    return reader
        .sql(
            """
            SELECT community, gateway, profile, address, device, kind, kind_from, type, sample,
              first_heard, last_heard, count
            FROM unregistered_equipment ORDER BY last_heard
            """)
        .query(
            (row, number) ->
                new HeardEquipment(
                    new CommunityId(row.getString("community")),
                    new GatewayId(row.getString("gateway")),
                    new UnregisteredEquipment(
                        new DeviceId(row.getString("device")),
                        row.getString("profile"),
                        row.getString("address"),
                        Kind.ofWireName(row.getString("kind")).orElseThrow(),
                        KindFrom.valueOf(row.getString("kind_from")),
                        new EventType(row.getString("type")),
                        json.readValue(
                            row.getString("sample"), new TypeReference<List<SampleValue>>() {}),
                        Instant.ofEpochMilli(row.getLong("first_heard")),
                        Instant.ofEpochMilli(row.getLong("last_heard")),
                        row.getLong("count"))))
        .list();
  }

  /** Saves equipment within the caller's transaction. */
  void save(List<HeardEquipment> some) {
    writer.batchUpdate(
        SAVE,
        some,
        some.size(),
        (statement, heard) -> {
          UnregisteredEquipment equipment = heard.equipment();
          statement.setString(1, heard.gateway().value());
          statement.setString(2, equipment.profile());
          statement.setString(3, equipment.address());
          statement.setString(4, equipment.device().value());
          statement.setString(5, equipment.kind().wireName());
          statement.setString(6, equipment.kindFrom().name());
          statement.setString(7, equipment.type().value());
          statement.setString(8, json.writeValueAsString(equipment.sample()));
          statement.setLong(9, equipment.firstHeard().toEpochMilli());
          statement.setLong(10, equipment.lastHeard().toEpochMilli());
          statement.setLong(11, equipment.count());
          statement.setString(12, heard.community().value());
        });
  }

  /** Deletes equipment within the caller's transaction. */
  void delete(List<HeardEquipment> some) {
    writer.batchUpdate(
        "DELETE FROM unregistered_equipment WHERE gateway = ? AND profile = ? AND address = ?",
        some,
        Math.max(1, some.size()),
        (statement, heard) -> {
          statement.setString(1, heard.gateway().value());
          statement.setString(2, heard.equipment().profile());
          statement.setString(3, heard.equipment().address());
        });
  }
}
