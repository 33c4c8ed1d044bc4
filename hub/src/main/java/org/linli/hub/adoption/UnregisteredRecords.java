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
import org.linli.hub.records.CommunityRecords;
import org.linli.hub.records.Within;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The table of unregistered equipment. */
@Repository
class UnregisteredRecords {

  private static final String SAVE =
      """
      INSERT INTO unregistered_equipment ({community}, gateway, profile, address, device, kind, kind_from, type, sample, first_heard,
         last_heard, count)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (gateway, profile, address) DO UPDATE
      SET community = excluded.community, device = excluded.device, kind = excluded.kind, kind_from = excluded.kind_from,
          type = excluded.type, sample = excluded.sample, first_heard = excluded.first_heard,
          last_heard = excluded.last_heard, count = excluded.count
      """;

  private final CommunityRecords records;
  private final JsonMapper json;

  UnregisteredRecords(CommunityRecords records, JsonMapper json) {
    this.records = records;
    this.json = json;
  }

  List<HeardEquipment> all() {
    return records
        .read(
            new Within.All("read once, at the start"),
            """
            SELECT community, gateway, profile, address, device, kind, kind_from, type, sample,
              first_heard, last_heard, count
            FROM unregistered_equipment WHERE {community} ORDER BY last_heard
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
    records.batch(
        SAVE,
        some,
        HeardEquipment::community,
        (statement, heard) -> {
          UnregisteredEquipment equipment = heard.equipment();
          statement.setString(2, heard.gateway().value());
          statement.setString(3, equipment.profile());
          statement.setString(4, equipment.address());
          statement.setString(5, equipment.device().value());
          statement.setString(6, equipment.kind().wireName());
          statement.setString(7, equipment.kindFrom().name());
          statement.setString(8, equipment.type().value());
          statement.setString(9, json.writeValueAsString(equipment.sample()));
          statement.setLong(10, equipment.firstHeard().toEpochMilli());
          statement.setLong(11, equipment.lastHeard().toEpochMilli());
          statement.setLong(12, equipment.count());
        });
  }

  /** Deletes equipment within the caller's transaction. */
  void delete(List<HeardEquipment> some) {
    records.batch(
        """
        DELETE FROM unregistered_equipment
        WHERE {community} AND gateway = ? AND profile = ? AND address = ?
        """,
        some,
        HeardEquipment::community,
        (statement, heard) -> {
          statement.setString(2, heard.gateway().value());
          statement.setString(3, heard.equipment().profile());
          statement.setString(4, heard.equipment().address());
        });
  }
}
