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
import org.linli.hub.records.CommunityRecords;
import org.linli.hub.records.Storable;
import org.linli.hub.records.Within;
import org.linli.hub.registry.BilingualName;
import org.linli.hub.registry.Device;
import org.linli.hub.registry.DeviceKey;
import org.linli.hub.registry.Equipment;
import org.springframework.stereotype.Repository;

/** The tables of adopted devices, their hardware and their changes. */
@Repository
class AdoptionRecords {

  /** How many changes of a device are kept. */
  static final int MOST_CHANGES_OF_A_DEVICE = 200;

  static final int MOST_CHANGES = 20_000;

  private static final String SAVE_DEVICE =
      """
      INSERT INTO adopted_device ({community}, device, kind, building, gateway, name_zh, name_en, expect_every, adopted_at)
      VALUES
        (:community, :device, :kind, :building, :gateway, :nameZh, :nameEn, :expectEvery,
         :adoptedAt)
      ON CONFLICT (community, device) DO UPDATE
      SET kind = excluded.kind, building = excluded.building, gateway = excluded.gateway,
          name_zh = excluded.name_zh, name_en = excluded.name_en,
          expect_every = excluded.expect_every
      """;
  private static final String SAVE_EQUIPMENT =
      """
      INSERT INTO device_equipment (
        {community}, device, gateway, profile, address, generation, formerly)
      VALUES (:community, :device, :gateway, :profile, :address, :generation, :formerly)
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

  private static final Within.All AT_THE_START =
      new Within.All("the registry is made of those of all communities");

  private final CommunityRecords records;

  AdoptionRecords(CommunityRecords records) {
    this.records = records;
  }

  /** Returns the devices in the order in which they were adopted. */
  SequencedMap<DeviceKey, Device> devices() {
    SequencedMap<DeviceKey, Device> all = new LinkedHashMap<>();
    records
        .read(
            AT_THE_START,
            """
            SELECT community, device, kind, building, gateway, name_zh, name_en, expect_every
            FROM adopted_device WHERE {community} ORDER BY adopted_at, device, community
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
    records
        .read(
            AT_THE_START,
            """
            SELECT community, device, gateway, profile, address, generation, formerly
            FROM device_equipment WHERE {community}
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
    records
        .write(new Within.One(community), SAVE_DEVICE)
        .param("device", device.id().value())
        .param("kind", device.kind().wireName())
        .param("building", device.building())
        .param("gateway", device.gateway().value())
        .param("nameZh", device.name().zh())
        .param("nameEn", device.name().en())
        .param("expectEvery", expectEvery == null ? null : expectEvery.toMillis())
        .param("adoptedAt", at.toEpochMilli())
        .update();
  }

  /**
   * Saves hardware. It is taken from a device that is no longer registered because the community
   * file dropped it.
   */
  void save(DeviceKey device, Equipment equipment) {
    Within own = new Within.One(device.community());
    records
        .write(
            own,
            """
            DELETE FROM device_equipment
            WHERE gateway = :gateway AND profile = :profile AND address = :address
              AND NOT ({community} AND device = :device)
            """)
        .param("gateway", equipment.gateway().value())
        .param("profile", equipment.profile())
        .param("address", equipment.address())
        .param("device", device.device().value())
        .update();
    @Nullable DeviceId formerly = equipment.formerly();
    records
        .write(own, SAVE_EQUIPMENT)
        .param("device", device.device().value())
        .param("gateway", equipment.gateway().value())
        .param("profile", equipment.profile())
        .param("address", equipment.address())
        .param("generation", equipment.generation())
        .param("formerly", formerly == null ? null : formerly.value())
        .update();
  }

  /** Adds a change; the oldest are forgotten beyond the limits per device and for all together. */
  void add(DeviceKey device, RegistryChange change) {
    Actor.Program through = change.by().through();
    Within own = new Within.One(device.community());
    records
        .write(
            own,
            """
            INSERT INTO registry_change (
              {community}, id, at, made_by, made_through, device, what, detail)
            SELECT :community, COALESCE(MAX(id), 0) + 1, :at, :by, :through, :device, :what, :detail
            FROM registry_change
            """)
        .param("at", change.at().toEpochMilli())
        .param("by", change.by().actor().stored())
        .param("through", through == null ? null : through.stored())
        .param("device", device.device().value())
        .param("what", change.what().wireName())
        .param("detail", Storable.of(change.detail()))
        .update();
    records
        .write(
            own,
            """
            DELETE FROM registry_change
            WHERE {community} AND device = :device AND id <= (
              SELECT id FROM registry_change WHERE {community} AND device = :device
              ORDER BY id DESC LIMIT 1 OFFSET :most)
            """)
        .param("device", device.device().value())
        .param("most", MOST_CHANGES_OF_A_DEVICE)
        .update();
    records
        .write(
            new Within.All("one limit for all communities"),
            """
            DELETE FROM registry_change
            WHERE {community} AND id <= (SELECT MAX(id) FROM registry_change) - :most
            """)
        .param("most", MOST_CHANGES)
        .update();
  }

  /** Returns the changes of a device, oldest first. */
  List<RegistryChange> changes(DeviceKey device) {
    return records
        .read(
            new Within.One(device.community()),
            """
            SELECT at, made_by, made_through, what, detail
            FROM registry_change WHERE {community} AND device = :device ORDER BY id
            """)
        .param("device", device.device().value())
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
    return records
        .readShared("SELECT epoch, number, digest FROM registry_version WHERE name = 'registry'")
        .query(
            (row, number) ->
                new RegistryVersion(
                    row.getLong("epoch"),
                    row.getLong("number"),
                    new Digest(HexFormat.of().parseHex(row.getString("digest")))))
        .optional();
  }

  void save(RegistryVersion version) {
    records
        .writeShared(SAVE_VERSION)
        .param(version.epoch())
        .param(version.number())
        .param(version.digest().toString())
        .update();
  }
}
