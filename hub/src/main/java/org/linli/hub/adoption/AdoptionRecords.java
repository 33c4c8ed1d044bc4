package org.linli.hub.adoption;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.linli.event.CommunityId;
import org.linli.event.DeviceId;
import org.linli.event.Digest;
import org.linli.event.GatewayId;
import org.linli.event.Kind;
import org.linli.event.RegistryVersion;
import org.linli.hub.people.Actor;
import org.linli.hub.people.Author;
import org.linli.hub.records.RecordsReader;
import org.linli.hub.records.Storable;
import org.linli.hub.registry.BilingualName;
import org.linli.hub.registry.Device;
import org.linli.hub.registry.DeviceKey;
import org.linli.hub.registry.Equipment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tables of adopted devices, their hardware and their changes. */
@Repository
class AdoptionRecords {

  /** How many changes of a device are kept. */
  static final int MOST_CHANGES_OF_A_DEVICE = 200;

  static final int MOST_CHANGES = 20_000;

  private static final String SAVE_DEVICE =
      """
      INSERT INTO adopted_device
        (community, device, kind, building, gateway, name_zh, name_en, expect_every, adopted_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (community, device) DO UPDATE
      SET kind = excluded.kind, building = excluded.building, gateway = excluded.gateway,
          name_zh = excluded.name_zh, name_en = excluded.name_en,
          expect_every = excluded.expect_every
      """;
  private static final String SAVE_EQUIPMENT =
      """
      INSERT INTO device_equipment
        (community, device, gateway, profile, address, generation, formerly)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (community, device) DO UPDATE
      SET gateway = excluded.gateway, profile = excluded.profile, address = excluded.address,
          generation = excluded.generation, formerly = excluded.formerly
      """;
  private static final String SAVE_VERSION =
      """
      INSERT INTO registry_version (name, epoch, number, digest) VALUES ('registry', ?, ?, ?)
      ON CONFLICT (name) DO UPDATE
      SET epoch = excluded.epoch, number = excluded.number, digest = excluded.digest
      """;

  private final JdbcClient writer;
  private final RecordsReader reader;

  AdoptionRecords(JdbcClient writer, RecordsReader reader) {
    this.writer = writer;
    this.reader = reader;
  }

  /** Returns the devices in the order in which they were adopted. */
  SequencedMap<DeviceKey, Device> devices() {
    SequencedMap<DeviceKey, Device> all = new LinkedHashMap<>();
    reader
        .sql(
            """
            SELECT community, device, kind, building, gateway, name_zh, name_en, expect_every
            FROM adopted_device ORDER BY adopted_at, device, community
            """)
        .query(
            row -> {
              all.put(key(row), device(row));
            });
    return all;
  }

  private static DeviceKey key(ResultSet row) throws SQLException {
    return new DeviceKey(
        new CommunityId(row.getString("community")), new DeviceId(row.getString("device")));
  }

  private static Device device(ResultSet row) throws SQLException {
    long expectEvery = row.getLong("expect_every");
    return new Device(
        new DeviceId(row.getString("device")),
        Kind.ofWireName(row.getString("kind")).orElseThrow(),
        row.getString("building"),
        new GatewayId(row.getString("gateway")),
        new BilingualName(row.getString("name_zh"), row.getString("name_en")),
        expectEvery == 0 ? null : Duration.ofMillis(expectEvery));
  }

  Map<DeviceKey, Equipment> equipment() {
    Map<DeviceKey, Equipment> all = new HashMap<>();
    reader
        .sql(
            """
            SELECT community, device, gateway, profile, address, generation, formerly
            FROM device_equipment
            """)
        .query(
            row -> {
              String formerly = row.getString("formerly");
              all.put(
                  key(row),
                  new Equipment(
                      new GatewayId(row.getString("gateway")),
                      row.getString("profile"),
                      row.getString("address"),
                      row.getInt("generation"),
                      formerly == null ? null : new DeviceId(formerly)));
            });
    return all;
  }

  /** Saves a device. Like the methods below, used within the caller's transaction. */
  void save(CommunityId community, Device device, Instant at) {
    Duration expectEvery = device.expectEvery();
    writer
        .sql(SAVE_DEVICE)
        .param(community.value())
        .param(device.id().value())
        .param(device.kind().wireName())
        .param(device.building())
        .param(device.gateway().value())
        .param(device.name().zh())
        .param(device.name().en())
        .param(expectEvery == null ? null : expectEvery.toMillis())
        .param(at.toEpochMilli())
        .update();
  }

  /**
   * Saves hardware. It is taken from a device that is no longer registered because the community
   * file dropped it.
   */
  void save(DeviceKey device, Equipment equipment) {
    writer
        .sql(
            """
            DELETE FROM device_equipment
            WHERE gateway = ? AND profile = ? AND address = ?
              AND NOT (community = ? AND device = ?)
            """)
        .param(equipment.gateway().value())
        .param(equipment.profile())
        .param(equipment.address())
        .param(device.community().value())
        .param(device.device().value())
        .update();
    @Nullable DeviceId formerly = equipment.formerly();
    writer
        .sql(SAVE_EQUIPMENT)
        .param(device.community().value())
        .param(device.device().value())
        .param(equipment.gateway().value())
        .param(equipment.profile())
        .param(equipment.address())
        .param(equipment.generation())
        .param(formerly == null ? null : formerly.value())
        .update();
  }

  /** Adds a change; the oldest are forgotten beyond the limits per device and for all together. */
  void add(DeviceKey device, RegistryChange change) {
    Actor.Program through = change.by().through();
    writer
        .sql(
            """
            INSERT INTO registry_change
              (id, at, made_by, made_through, community, device, what, detail)
            SELECT COALESCE(MAX(id), 0) + 1, ?, ?, ?, ?, ?, ?, ? FROM registry_change
            """)
        .param(change.at().toEpochMilli())
        .param(change.by().actor().stored())
        .param(through == null ? null : through.stored())
        .param(device.community().value())
        .param(device.device().value())
        .param(change.what().wireName())
        .param(Storable.of(change.detail()))
        .update();
    writer
        .sql(
            """
            DELETE FROM registry_change
            WHERE community = :community AND device = :device AND id <= (
              SELECT id FROM registry_change WHERE community = :community AND device = :device
              ORDER BY id DESC LIMIT 1 OFFSET :most)
            """)
        .param("community", device.community().value())
        .param("device", device.device().value())
        .param("most", MOST_CHANGES_OF_A_DEVICE)
        .update();
    writer
        .sql(
            """
            DELETE FROM registry_change
            WHERE id <= (SELECT MAX(id) FROM registry_change) - :most
            """)
        .param("most", MOST_CHANGES)
        .update();
  }

  /** Returns the changes of a device, oldest first. */
  List<RegistryChange> changes(DeviceKey device) {
    return reader
        .sql(
            """
            SELECT at, made_by, made_through, what, detail
            FROM registry_change WHERE community = ? AND device = ? ORDER BY id
            """)
        .param(device.community().value())
        .param(device.device().value())
        .query(
            (row, number) ->
                new RegistryChange(
                    Instant.ofEpochMilli(row.getLong("at")),
                    author(row),
                    RegistryChange.What.ofWireName(row.getString("what")),
                    row.getString("detail")))
        .list();
  }

  private static Author author(ResultSet row) throws SQLException {
    String through = row.getString("made_through");
    return new Author(
        Actor.parse(row.getString("made_by")),
        through == null ? null : (Actor.Program) Actor.parse(through));
  }

  Optional<RegistryVersion> version() {
    return reader
        .sql("SELECT epoch, number, digest FROM registry_version WHERE name = 'registry'")
        .query(
            (row, number) ->
                new RegistryVersion(
                    row.getLong("epoch"),
                    row.getLong("number"),
                    new Digest(HexFormat.of().parseHex(row.getString("digest")))))
        .optional();
  }

  void save(RegistryVersion version) {
    writer
        .sql(SAVE_VERSION)
        .param(version.epoch())
        .param(version.number())
        .param(version.digest().toString())
        .update();
  }
}
