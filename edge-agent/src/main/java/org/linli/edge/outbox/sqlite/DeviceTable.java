package org.linli.edge.outbox.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.linli.edge.outbox.OutboxSettings;
import org.linli.edge.profile.KnownDevices;
import org.linli.event.DeviceId;
import org.linli.program.log.RateLimitedLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of each device on disk. The number of unregistered devices is limited to what half of
 * the quota's room holds with all their ids. Beyond it, the unregistered device that has been
 * silent longest and has no waiting event is forgotten. So a client that invents names uses up that
 * room and no other. A few more places are only for devices with an urgent event.
 *
 * <p>A forgotten device that comes back gets order numbers above those of all forgotten devices, so
 * that its new events never count as older than earlier ones. For the writer thread only.
 */
final class DeviceTable {

  private static final Logger log = LoggerFactory.getLogger(DeviceTable.class);
  private static final RateLimitedLog limited = RateLimitedLog.of(log);

  /** Most devices to forget in one search. */
  static final int FORGOTTEN_AT_ONCE = 250;

  /**
   * A search forgets one part in this many of the limit, so that not every new device costs one.
   */
  private static final int FORGOTTEN_PART = 16;

  private final KnownDevices registry;
  private final DeviceLosses losses;
  private final int most;
  private final int mostMoreIfUrgent;
  private final long mostInAll;
  private final PreparedStatement find;
  private final PreparedStatement load;
  private final PreparedStatement savedAt;
  private final PreparedStatement insert;
  private final PreparedStatement save;
  private final PreparedStatement oldest;
  private final PreparedStatement delete;
  private final PreparedStatement loseNames;
  private final PreparedStatement deleteLosses;
  private final PreparedStatement noteForgotten;
  private long remembered;
  private long lastRef;
  private long forgotten;
  private long highestOrder;

  /** The receipted positions at the last search that found no device to forget. */
  private long noneAtUrgent = -1;

  private long noneAtBulk = -1;

  DeviceTable(
      Connection writer, OutboxSettings settings, KnownDevices registry, DeviceLosses losses)
      throws SQLException {
    this.registry = registry;
    this.losses = losses;
    this.most = settings.rememberedUnregistered();
    this.mostMoreIfUrgent = settings.rememberedUrgentUnregistered();
    this.mostInAll = settings.rememberedDevices();
    // For a row that an earlier version saved, only a limit is known: no events beyond the rows of
    // that time.
    String columns =
        "SELECT ref, last_order, saved_at, ids, name,"
            + " coalesce(device.urgent_position, forgotten_device.urgent_position),"
            + " coalesce(device.bulk_position, forgotten_device.bulk_position),"
            + " iif(device.by_running IS NULL, forgotten_device.ids_at, NULL)"
            + " FROM device, forgotten_device WHERE one = 1 AND ";
    find = writer.prepareStatement(columns + "name = ?");
    load = writer.prepareStatement(columns + "ref = ?");
    savedAt = writer.prepareStatement("SELECT saved_at FROM device WHERE ref = ?");
    insert =
        writer.prepareStatement("INSERT INTO device VALUES (?, ?, ?, ?, zeroblob(0), ?, ?, 1)");
    save =
        writer.prepareStatement(
            "UPDATE device SET last_order = ?, saved_at = ?, ids = ?, urgent_position = ?,"
                + " bulk_position = ?, by_running = 1 WHERE ref = ?");
    oldest =
        writer.prepareStatement(
            "SELECT ref, name, last_order FROM device INDEXED BY device_saved, forgotten_device"
                + " WHERE one = 1 AND coalesce(device.urgent_position,"
                + " forgotten_device.urgent_position) <= ? AND coalesce(device.bulk_position,"
                + " forgotten_device.bulk_position) <= ? ORDER BY saved_at");
    delete = writer.prepareStatement("DELETE FROM device WHERE ref = ?");
    loseNames =
        writer.prepareStatement(
            "INSERT INTO shed_device SELECT "
                + DeviceCounts.OTHERS_REF
                + ", events FROM shed_device WHERE ref = ?"
                + " ON CONFLICT (ref) DO UPDATE SET events = events + excluded.events");
    deleteLosses = writer.prepareStatement("DELETE FROM shed_device WHERE ref = ?");
    noteForgotten =
        writer.prepareStatement(
            "UPDATE forgotten_device SET devices = ?, highest_order = ?, last_ref = ?");
    remembered = OutboxDatabase.number(writer, "SELECT count(*) FROM device");
    lastRef =
        OutboxDatabase.number(
            writer,
            "SELECT max(coalesce((SELECT max(ref) FROM device), 0), last_ref) FROM"
                + " forgotten_device");
    forgotten = forgotten(writer);
    highestOrder = OutboxDatabase.number(writer, "SELECT highest_order FROM forgotten_device");
  }

  /** How many devices were forgotten, over all starts. */
  static long forgotten(Connection connection) throws SQLException {
    return OutboxDatabase.number(connection, "SELECT devices FROM forgotten_device");
  }

  long forgotten() {
    return forgotten;
  }

  /** How many unregistered devices there is room for. */
  int most() {
    return most;
  }

  /** Why there is no room for a device, as a sentence for a person. */
  String noRoom() {
    return "the gateway remembers %d devices that nobody registered, and events of each of them wait for the hub: register the device, or raise linli.outbox.quota"
        .formatted(most);
  }

  /** Logs that a device is refused for lack of room. */
  void sayNoRoom() {
    limited
        .atWarn("no-room")
        .addKeyValue("why", noRoom())
        .log("A device that nobody registered is refused; perhaps somebody invents names");
  }

  boolean isRegistered(String name) {
    return registry.kindOf(new DeviceId(name)).isPresent();
  }

  /** Whether there is room for {@code more} further devices. */
  boolean hasRoomFor(int more) {
    return remembered + more <= limit();
  }

  /** Whether there is room for {@code more} further devices, one of them with an urgent event. */
  boolean hasUrgentRoomFor(int more) {
    return remembered + more <= Math.min(limit() + mostMoreIfUrgent, mostInAll);
  }

  private long limit() {
    return Math.min((long) most + registry.size(), mostInAll);
  }

  /**
   * How many devices one search should forget to make room for {@code more} further ones: a small
   * part of the limit, or more if an earlier version left more than there is room for.
   */
  int toForget(int more) {
    long share = Math.max(1, most / FORGOTTEN_PART);
    return (int) Math.min(FORGOTTEN_AT_ONCE, Math.max(share, remembered + more - limit()));
  }

  @Nullable RememberedDevice find(String name) throws SQLException {
    find.setString(1, name);
    try (ResultSet row = find.executeQuery()) {
      return row.next() ? device(row) : null;
    }
  }

  RememberedDevice load(long ref) throws SQLException {
    load.setLong(1, ref);
    try (ResultSet row = load.executeQuery()) {
      if (!row.next()) {
        throw new SQLException("table device has no ref " + ref);
      }
      return device(row);
    }
  }

  private static RememberedDevice device(ResultSet row) throws SQLException {
    RememberedDevice device =
        new RememberedDevice(
            row.getLong(1), row.getString(5), row.getLong(2), row.getLong(3), row.getBytes(4));
    device.isUpTo(row.getLong(6), row.getLong(7));
    int idsAt = row.getInt(8);
    if (!row.wasNull()) {
      device.cameAt(idsAt);
    }
    return device;
  }

  /**
   * The newest line of the identity log that is in the device's row; {@link Long#MAX_VALUE} if the
   * row is gone.
   */
  long savedAt(long ref) throws SQLException {
    savedAt.setLong(1, ref);
    try (ResultSet row = savedAt.executeQuery()) {
      return row.next() ? row.getLong(1) : Long.MAX_VALUE;
    }
  }

  RememberedDevice insert(String name, long line) throws SQLException {
    lastRef++;
    remembered++;
    insert.setLong(1, lastRef);
    insert.setString(2, name);
    insert.setLong(3, highestOrder);
    insert.setLong(4, line);
    insert.setLong(5, 0);
    insert.setLong(6, 0);
    insert.executeUpdate();
    return new RememberedDevice(lastRef, name, highestOrder, line, new byte[0]);
  }

  /**
   * Saves a device whose row is incomplete. The rows are in the order of the line that they are
   * saved with, so in the order in which devices were heard.
   */
  void save(RememberedDevice device) throws SQLException {
    if (device.isSaved()) {
      return;
    }
    save.setLong(1, device.lastOrder());
    save.setLong(2, device.heardAt());
    save.setBytes(3, device.ids());
    save.setLong(4, device.urgentPosition());
    save.setLong(5, device.bulkPosition());
    save.setLong(6, device.ref());
    save.executeUpdate();
    noneAtUrgent = -1;
    device.saved(device.heardAt());
  }

  private record Silent(long ref, String name, long order) {}

  /**
   * Forgets unregistered devices without waiting events, longest silent first.
   *
   * @param wanted how many, if there are as many
   * @param urgentGone position up to which the lane has no waiting rows
   * @param inUse whether the device's row on disk is incomplete
   * @return their names
   */
  List<String> forgetOldest(int wanted, long urgentGone, long bulkGone, Predicate<String> inUse)
      throws SQLException {
    if (urgentGone == noneAtUrgent && bulkGone == noneAtBulk) {
      return List.of();
    }
    List<Silent> silent = silent(wanted, urgentGone, bulkGone, inUse);
    if (silent.isEmpty()) {
      noneAtUrgent = urgentGone;
      noneAtBulk = bulkGone;
      return List.of();
    }
    for (Silent device : silent) {
      forget(device);
    }
    noteForgotten.setLong(1, forgotten);
    noteForgotten.setLong(2, highestOrder);
    noteForgotten.setLong(3, lastRef);
    noteForgotten.executeUpdate();
    limited
        .atWarn("forgotten")
        .addKeyValue("devices", silent.size())
        .addKeyValue("in-all", forgotten)
        .addKeyValue("first", silent.getFirst().name())
        .log(
            "More devices speak than are remembered, and those that nobody registered and that were"
                + " silent longest are forgotten; perhaps somebody invents names");
    return silent.stream().map(Silent::name).toList();
  }

  private List<Silent> silent(int wanted, long urgentGone, long bulkGone, Predicate<String> inUse)
      throws SQLException {
    List<Silent> silent = new ArrayList<>();
    oldest.setLong(1, urgentGone);
    oldest.setLong(2, bulkGone);
    try (ResultSet rows = oldest.executeQuery()) {
      while (silent.size() < wanted && rows.next()) {
        String name = rows.getString(2);
        if (!inUse.test(name) && !isRegistered(name)) {
          silent.add(new Silent(rows.getLong(1), name, rows.getLong(3)));
        }
      }
    }
    return silent;
  }

  private void forget(Silent device) throws SQLException {
    loseNames.setLong(1, device.ref());
    loseNames.executeUpdate();
    deleteLosses.setLong(1, device.ref());
    deleteLosses.executeUpdate();
    delete.setLong(1, device.ref());
    delete.executeUpdate();
    losses.forget(device.name());
    remembered--;
    forgotten++;
    highestOrder = Math.max(highestOrder, device.order());
  }
}
