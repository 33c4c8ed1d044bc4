package org.linli.edge.outbox.sqlite;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linli.edge.outbox.OutboxSettings;
import org.linli.event.DeviceEvent;

/**
 * Gives each device's events their order numbers and knows an id that comes again (delivery
 * contract, points 3 and 10). For the writer thread only; after a commit that failed it is thrown
 * away and read from disk again.
 *
 * <p>Each commit appends one line to the {@link IdentityLog}. After {@value #LOGGED_EVENTS} events
 * the devices they came from are saved, a few with each commit, and the lines behind that are
 * deleted; so neither a commit nor an opening ever has much to do.
 */
final class Identities {

  private static final int LOGGED_EVENTS = 100_000;
  private static final int DEVICES_IN_MEMORY = 10_000;
  private static final int EVENTS_PER_SAVED_DEVICE = 16;
  private static final int LINES_DELETED_AT_ONCE = 2_000;

  private final int window;
  private final Duration rememberedFor;
  private final MessageDigest sha256;
  private final IdentityLog log;
  private final PreparedStatement findDevice;
  private final PreparedStatement insertDevice;
  private final PreparedStatement saveDevice;
  private final Map<String, RememberedDevice> devices = new HashMap<>();

  private long lastLine;
  private long lastRef;
  private long loggedEvents;

  /** The group at hand. */
  private int second;

  private int oldest;
  private int taken;
  private int added;

  /** Whether devices are being saved, which of them still are to be, and what that will cover. */
  private boolean inRound;

  private final ArrayDeque<RememberedDevice> unsaved = new ArrayDeque<>();
  private long roundCovers;
  private long deletedTo;
  private long deleteTo;

  Identities(Connection writer, OutboxSettings settings, MessageDigest sha256) throws SQLException {
    this.window = settings.rememberedIds();
    this.rememberedFor = settings.rememberedFor();
    this.sha256 = sha256;
    log = new IdentityLog(writer);
    findDevice =
        writer.prepareStatement("SELECT ref, last_order, saved_at, ids FROM device WHERE name = ?");
    insertDevice = writer.prepareStatement("INSERT INTO device VALUES (?, ?, 0, ?, zeroblob(0))");
    saveDevice =
        writer.prepareStatement(
            "UPDATE device SET last_order = ?, saved_at = ?, ids = ? WHERE ref = ?");
    deletedTo = Math.max(0, IdentityLog.oldest(writer) - 1);
    deleteTo = deletedTo;
    lastRef = OutboxDatabase.number(writer, "SELECT max(ref) FROM device");
    replay(writer);
  }

  private void replay(Connection writer) throws SQLException {
    Map<Long, RememberedDevice> byRef = new HashMap<>();
    try (PreparedStatement select =
        writer.prepareStatement(
            "SELECT ref, last_order, saved_at, ids, name FROM device WHERE ref = ?")) {
      lastLine =
          IdentityLog.replay(
              writer,
              (line, at, ref, hash) -> {
                RememberedDevice device = byRef.get(ref);
                if (device == null) {
                  device = load(select, ref);
                  byRef.put(ref, device);
                }
                if (line > device.savedAt()) {
                  take(device, line, hash, at);
                }
                loggedEvents++;
              });
    }
  }

  private RememberedDevice load(PreparedStatement select, long ref) throws SQLException {
    select.setLong(1, ref);
    try (ResultSet row = select.executeQuery()) {
      if (!row.next()) {
        throw new SQLException("table device has no ref " + ref);
      }
      RememberedDevice device = device(row);
      devices.put(row.getString(5), device);
      return device;
    }
  }

  private static RememberedDevice device(ResultSet row) throws SQLException {
    return new RememberedDevice(row.getLong(1), row.getLong(2), row.getLong(3), row.getBytes(4));
  }

  /** Begins a group at this second of the gateway's clock. */
  void begin(long epochSecond) {
    second = (int) epochSecond;
    oldest = (int) Math.max(0, epochSecond - rememberedFor.toSeconds());
    taken = 0;
    added = 0;
  }

  /**
   * The order number of an event.
   *
   * @return 0 when its id came before: it is not to be taken again
   */
  long admit(DeviceEvent event) throws SQLException {
    RememberedDevice device = find(event.device().value());
    @Nullable Long hash = event.id() == null ? null : hash(event.id().value());
    if (hash != null && device.knows(hash, oldest)) {
      return 0;
    }
    taken++;
    log.add(device.ref(), hash);
    return take(device, lastLine + 1, hash, second);
  }

  private long take(RememberedDevice device, long line, @Nullable Long hash, int at) {
    return hash == null ? device.take(line) : device.take(line, hash, at, window);
  }

  private long hash(String id) {
    sha256.reset();
    return ByteBuffer.wrap(sha256.digest(id.getBytes(StandardCharsets.UTF_8))).getLong();
  }

  private RememberedDevice find(String name) throws SQLException {
    @Nullable RememberedDevice device = devices.get(name);
    if (device != null) {
      return device;
    }
    findDevice.setString(1, name);
    try (ResultSet row = findDevice.executeQuery()) {
      if (row.next()) {
        device = device(row);
      }
    }
    if (device == null) {
      device = insert(name);
    }
    devices.put(name, device);
    return device;
  }

  private RememberedDevice insert(String name) throws SQLException {
    lastRef++;
    added++;
    insertDevice.setLong(1, lastRef);
    insertDevice.setString(2, name);
    insertDevice.setLong(3, lastLine);
    insertDevice.executeUpdate();
    return new RememberedDevice(lastRef, 0, lastLine, new byte[0]);
  }

  /** Ends the group: writes its line, and goes on with saving devices and deleting old lines. */
  void write() throws SQLException {
    if (taken == 0) {
      return;
    }
    lastLine++;
    log.write(lastLine, second);
    loggedEvents += taken;
    if (!inRound && (loggedEvents >= LOGGED_EVENTS || devices.size() > DEVICES_IN_MEMORY)) {
      inRound = true;
      roundCovers = lastLine;
      loggedEvents = 0;
      devices.values().stream().filter(device -> !device.isSaved()).forEach(unsaved::add);
    }
    if (inRound) {
      saveSome(taken / EVENTS_PER_SAVED_DEVICE + added + 1);
    }
    if (deletedTo < deleteTo) {
      deletedTo = Math.min(deleteTo, deletedTo + LINES_DELETED_AT_ONCE);
      log.deleteTo(deletedTo);
    }
  }

  private void saveSome(int some) throws SQLException {
    for (int i = 0; i < some && !unsaved.isEmpty(); i++) {
      RememberedDevice device = unsaved.remove();
      saveDevice.setLong(1, device.lastOrder());
      saveDevice.setLong(2, lastLine);
      saveDevice.setBytes(3, device.ids());
      saveDevice.setLong(4, device.ref());
      saveDevice.executeUpdate();
      device.saved(lastLine);
    }
    if (unsaved.isEmpty()) {
      inRound = false;
      // The newest line always stays: it says how far the lines were counted.
      deleteTo = Math.max(deleteTo, Math.min(roundCovers, lastLine - 1));
      if (devices.size() > DEVICES_IN_MEMORY) {
        devices.values().removeIf(RememberedDevice::isSaved);
      }
    }
  }
}
