package org.linli.edge.outbox.sqlite;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linli.edge.memory.HeapShare;
import org.linli.edge.outbox.OutboxSettings;
import org.linli.event.DeviceEvent;
import org.linli.event.EventTypes;
import org.linli.event.Lane;

/**
 * Assigns order numbers to each device's events and recognises repeated ids (delivery contract,
 * points 3 and 10). For the writer thread only. After a failed commit it is discarded and read from
 * disk again.
 *
 * <p>Each commit appends one line to the {@link IdentityLog}. After a number of events their
 * devices are saved, a few with each commit, and the lines before that are deleted. So neither a
 * commit nor an opening has much to do. The devices that sent last are in memory, up to a share of
 * the heap; others are read from the disk when they send.
 *
 * <p>The number of unregistered devices is limited ({@link DeviceTable}). One without room is not
 * admitted.
 */
final class Identities {

  private static final int SECONDS_BETWEEN_LOOKS = 60;

  private final int window;
  private final Duration rememberedFor;
  private final MessageDigest sha256;
  private final IdentityLog log;
  private final SavingRounds rounds;
  private final DeviceTable table;
  private final long mostBytes;

  /** Longest silent first. */
  private final LinkedHashMap<String, RememberedDevice> devices = new LinkedHashMap<>();

  private long bytes;
  private long lastLine;

  /** State of the current group. */
  private int second;

  private int oldest;
  private int taken;
  private long group;
  private final List<RememberedDevice> speaking = new ArrayList<>();

  /** New devices of the group that have room. */
  private final Set<String> expected = new HashSet<>();

  /** Before this second of running time, a search for devices to forget is of no use. */
  private int noneToForgetUntil;

  Identities(
      Connection writer,
      OutboxSettings settings,
      MessageDigest sha256,
      DeviceTable table,
      Totals totals)
      throws SQLException {
    this(writer, settings, sha256, table, totals, HeapShare.DEVICES.bytes());
  }

  /**
   * @param mostBytes limit of the devices in memory between two commits
   */
  Identities(
      Connection writer,
      OutboxSettings settings,
      MessageDigest sha256,
      DeviceTable table,
      Totals totals,
      long mostBytes)
      throws SQLException {
    this.window = settings.rememberedIds();
    this.rememberedFor = settings.rememberedFor();
    this.sha256 = sha256;
    this.table = table;
    this.mostBytes = mostBytes;
    log = new IdentityLog(writer);
    rounds = new SavingRounds(log, table, settings.loggedEvents(), IdentityLog.oldest(writer));
    replay(writer, totals);
    devices
        .values()
        .forEach(device -> device.isUpTo(totals.urgent().position(), totals.bulk().position()));
  }

  private void replay(Connection writer, Totals totals) throws SQLException {
    Map<Long, Long> savedAt = new HashMap<>();
    Map<Long, RememberedDevice> byRef = new HashMap<>();
    OpeningProgress progress = new OpeningProgress("what devices said last is read");
    lastLine =
        IdentityLog.replay(
            writer,
            (line, at, ref, hash) -> {
              if (line > lastLine) {
                progress.goesOn();
                if (bytes > mostBytes) {
                  saveHalf(writer, totals, savedAt);
                  byRef.clear();
                  devices.values().forEach(device -> byRef.put(device.ref(), device));
                }
                lastLine = line;
              }
              rounds.replayed();
              Long saved = savedAt.get(ref);
              if (saved == null) {
                saved = table.savedAt(ref);
                savedAt.put(ref, saved);
              }
              if (line > saved) {
                RememberedDevice device = byRef.get(ref);
                if (device == null) {
                  device = table.load(ref);
                  byRef.put(ref, device);
                  keepInMind(device);
                } else {
                  devices.putLast(device.name(), device);
                }
                take(device, line, hash, at);
              }
            });
  }

  /**
   * Saves devices while the log is replayed, because an earlier version may have kept more in
   * memory than this one may.
   */
  private void saveHalf(Connection writer, Totals totals, Map<Long, Long> savedAt)
      throws SQLException {
    OutboxDatabase.execute(writer, "BEGIN IMMEDIATE");
    Iterator<RememberedDevice> longestSilent = devices.values().iterator();
    while (bytes > mostBytes / 2 && longestSilent.hasNext()) {
      RememberedDevice device = longestSilent.next();
      device.isUpTo(totals.urgent().position(), totals.bulk().position());
      table.save(device);
      savedAt.put(device.ref(), device.savedAt());
      longestSilent.remove();
      bytes -= device.bytes();
    }
    OutboxDatabase.execute(writer, "COMMIT");
  }

  private void keepInMind(RememberedDevice device) {
    devices.put(device.name(), device);
    bytes += device.bytes();
  }

  /** Begins a group at this second of running time. */
  void begin(long runningSecond) {
    second = (int) runningSecond;
    oldest = (int) Math.max(0, runningSecond - rememberedFor.toSeconds());
    taken = 0;
    group++;
    expected.clear();
    speaking.clear();
  }

  /**
   * Whether every device of these events is remembered or has room.
   *
   * @param urgentGone position up to which the lane has no waiting rows
   */
  boolean hasRoomFor(List<DeviceEvent> events, long urgentGone, long bulkGone) throws SQLException {
    @Nullable String before = null;
    for (DeviceEvent event : events) {
      String name = event.device().value();
      if (!name.equals(before) && !hasRoomFor(name, events, urgentGone, bulkGone)) {
        return false;
      }
      before = name;
    }
    return true;
  }

  private boolean hasRoomFor(String name, List<DeviceEvent> events, long urgentGone, long bulkGone)
      throws SQLException {
    RememberedDevice device = known(name);
    if (device != null) {
      // Others of the group must not push it out before its event is written.
      device.expect(group);
      return true;
    }
    if (!expected.contains(name)) {
      int more = expected.size() + 1;
      if (!table.isRegistered(name)
          && !table.hasRoomFor(more)
          && forgetSome(more, urgentGone, bulkGone) == 0
          && !(isUrgent(events) && table.hasUrgentRoomFor(more))) {
        return false;
      }
      expected.add(name);
    }
    return true;
  }

  /** Events of one message are taken together, so one that is urgent makes all of them urgent. */
  private static boolean isUrgent(List<DeviceEvent> events) {
    return events.stream()
        .anyMatch(event -> EventTypes.laneOf(event.kind(), event.type()) == Lane.URGENT);
  }

  /** Whether the device is on disk, will be after the current group, or is registered. */
  boolean remembers(String name) throws SQLException {
    return expected.contains(name) || known(name) != null || table.isRegistered(name);
  }

  /**
   * Forgets some of the devices beyond the limit, which an earlier version or a larger quota left.
   *
   * @param urgentGone position up to which the lane has no waiting rows
   */
  void keepToTheLimit(long urgentGone, long bulkGone) throws SQLException {
    if (isAboveTheLimit() && forgetSome(0, urgentGone, bulkGone) == 0) {
      noneToForgetUntil = second + SECONDS_BETWEEN_LOOKS;
    }
  }

  /**
   * Forgets some devices without waiting events, to make room for events of others.
   *
   * @return how many were forgotten
   */
  int makeRoom(long urgentGone, long bulkGone) throws SQLException {
    return forgetSome(0, urgentGone, bulkGone);
  }

  /**
   * Whether more devices are remembered than allowed, and some of them can perhaps be forgotten.
   */
  boolean isAboveTheLimit() {
    return !table.hasRoomFor(0) && second >= noneToForgetUntil;
  }

  /**
   * @param more for how many further devices there has to be room
   * @return how many were forgotten
   */
  private int forgetSome(int more, long urgentGone, long bulkGone) throws SQLException {
    int wanted = table.toForget(more);
    saveLongestSilent(wanted, urgentGone, bulkGone);
    List<String> forgotten = table.forgetOldest(wanted, urgentGone, bulkGone, this::isInUse);
    for (String name : forgotten) {
      RememberedDevice device = devices.remove(name);
      bytes -= device == null ? 0 : device.bytes();
    }
    // An earlier version may have left more than there is room for; then it takes several calls.
    return forgotten.size();
  }

  /**
   * Saves the devices that have been silent longest, of those that can be forgotten once their row
   * is complete.
   */
  private void saveLongestSilent(int wanted, long urgentGone, long bulkGone) throws SQLException {
    int left = wanted;
    for (RememberedDevice device : devices.values()) {
      if (left == 0) {
        return;
      }
      if (!device.isSaved()
          && device.urgentPosition() <= urgentGone
          && device.bulkPosition() <= bulkGone
          && !table.isRegistered(device.name())) {
        table.save(device);
        left--;
      }
    }
  }

  /** Whether the device's row on disk is incomplete, or the group has an event of it. */
  private boolean isInUse(String name) {
    RememberedDevice device = devices.get(name);
    return device != null && (!device.isSaved() || device.isExpected(group));
  }

  /**
   * Assigns an order number to an event.
   *
   * @return 0 if its id came before, so that the event must not be taken again
   */
  long admit(DeviceEvent event) throws SQLException {
    RememberedDevice device = find(event.device().value());
    @Nullable Long hash = event.id() == null ? null : hash(event.id().value());
    devices.putLast(device.name(), device);
    if (hash != null && device.knows(hash, oldest)) {
      device.heard(lastLine);
      return 0;
    }
    taken++;
    if (device.speaksFirst(group)) {
      speaking.add(device);
    }
    log.add(device.ref(), hash);
    return take(device, lastLine + 1, hash, second);
  }

  private long take(RememberedDevice device, long line, @Nullable Long hash, int at) {
    long before = device.bytes();
    long order = hash == null ? device.take(line) : device.take(line, hash, at, window);
    bytes += device.bytes() - before;
    return order;
  }

  private long hash(String id) {
    sha256.reset();
    return ByteBuffer.wrap(sha256.digest(id.getBytes(StandardCharsets.UTF_8))).getLong();
  }

  private @Nullable RememberedDevice known(String name) throws SQLException {
    RememberedDevice device = devices.get(name);
    if (device == null) {
      device = table.find(name);
      if (device != null) {
        keepInMind(device);
      }
    }
    return device;
  }

  private RememberedDevice find(String name) throws SQLException {
    RememberedDevice device = known(name);
    if (device == null) {
      device = table.insert(name, lastLine);
      keepInMind(device);
      expected.remove(name);
    }
    return device;
  }

  /**
   * Ends the group: writes its line, and continues to save devices and delete old lines.
   *
   * @param urgent the position of the lane's last row, including those of the group
   */
  void write(long urgent, long bulk) throws SQLException {
    speaking.forEach(device -> device.isUpTo(urgent, bulk));
    if (taken > 0) {
      lastLine++;
      log.write(lastLine, second);
      rounds.committed(taken, lastLine, devices.values());
    }
    forgetInMemory();
  }

  private void forgetInMemory() throws SQLException {
    Iterator<RememberedDevice> longestSilent = devices.values().iterator();
    while (bytes > mostBytes && longestSilent.hasNext()) {
      RememberedDevice device = longestSilent.next();
      table.save(device);
      longestSilent.remove();
      bytes -= device.bytes();
    }
  }

  /** Number of devices in memory. */
  int inMemory() {
    return devices.size();
  }
}
