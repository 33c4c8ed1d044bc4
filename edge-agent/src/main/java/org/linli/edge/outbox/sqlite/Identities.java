package org.linli.edge.outbox.sqlite;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
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

/**
 * Gives each device's events their order numbers and knows an id that comes again (delivery
 * contract, points 3 and 10). For the writer thread only; after a commit that failed it is thrown
 * away and read from disk again.
 *
 * <p>Each commit appends one line to the {@link IdentityLog}. After so many events the devices they
 * came from are saved, a few with each commit, and the lines behind that are deleted; so neither a
 * commit nor an opening ever has much to do. In memory are the devices that spoke last, up to a
 * share of the heap; others are read from the disk when they speak.
 *
 * <p>How many devices that nobody registered are remembered is bounded ({@link DeviceTable}). One
 * for which there is no room is not admitted.
 */
final class Identities {

  /** A round of saving ends after at most this part of so many events. */
  private static final int ROUNDS_IN_LOG = 2;

  private static final int EVENTS_PER_SAVED_DEVICE = 16;
  private static final int LINES_DELETED_AT_ONCE = 2_000;
  private static final int SAVED_TO_FORGET = 250;
  private static final int SECONDS_BETWEEN_LOOKS = 60;

  private final int window;
  private final int eventsInLog;
  private final Duration rememberedFor;
  private final MessageDigest sha256;
  private final IdentityLog log;
  private final DeviceTable table;
  private final long mostBytes;

  /** Longest silent first. */
  private final Map<String, RememberedDevice> devices = new LinkedHashMap<>(16, 0.75f, true);

  private long bytes;
  private long lastLine;
  private long loggedEvents;

  /** The group at hand. */
  private int second;

  private int oldest;
  private int taken;
  private long group;
  private final List<RememberedDevice> speaking = new ArrayList<>();

  /** New devices of the group that there is room for. */
  private final Set<String> expected = new HashSet<>();

  /** Whether devices are being saved, which of them still are to be, and what that will cover. */
  private boolean inRound;

  private final ArrayDeque<RememberedDevice> unsaved = new ArrayDeque<>();
  private int inThisRound;
  private long roundCovers;
  private long deletedTo;
  private long deleteTo;

  /** Up to this second of running time there is no use in looking for what can be forgotten. */
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
   * @param mostBytes what devices in memory may take between two commits
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
    this.eventsInLog = settings.loggedEvents();
    this.rememberedFor = settings.rememberedFor();
    this.sha256 = sha256;
    this.table = table;
    this.mostBytes = mostBytes;
    log = new IdentityLog(writer);
    deletedTo = Math.max(0, IdentityLog.oldest(writer) - 1);
    deleteTo = deletedTo;
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
              loggedEvents++;
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
                }
                take(device, line, hash, at);
              }
            });
  }

  /** Where an earlier version remembered more devices in memory than this one may. */
  private void saveHalf(Connection writer, Totals totals, Map<Long, Long> savedAt)
      throws SQLException {
    OutboxDatabase.execute(writer, "BEGIN IMMEDIATE");
    Iterator<RememberedDevice> longestSilent = devices.values().iterator();
    while (bytes > mostBytes / 2 && longestSilent.hasNext()) {
      RememberedDevice device = longestSilent.next();
      device.isUpTo(totals.urgent().position(), totals.bulk().position());
      save(device);
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
   * Whether every device of these events is remembered or can be.
   *
   * @param urgentGone up to which position of the lane nothing waits any more
   */
  boolean hasRoomFor(List<DeviceEvent> events, long urgentGone, long bulkGone) throws SQLException {
    @Nullable String before = null;
    for (DeviceEvent event : events) {
      String name = event.device().value();
      if (!name.equals(before) && !hasRoomFor(name, urgentGone, bulkGone)) {
        return false;
      }
      before = name;
    }
    return true;
  }

  private boolean hasRoomFor(String name, long urgentGone, long bulkGone) throws SQLException {
    // Most are in memory, and their turn is when they are admitted.
    if (devices.containsKey(name) || expected.contains(name) || known(name) != null) {
      return true;
    }
    if (!table.isRegistered(name)
        && !table.hasRoomFor(expected.size() + 1)
        && !forgetSome(urgentGone, bulkGone)) {
      return false;
    }
    expected.add(name);
    return true;
  }

  /** Whether the disk remembers a device, or will with the group at hand, or must. */
  boolean remembers(String name) throws SQLException {
    return expected.contains(name) || known(name) != null || table.isRegistered(name);
  }

  /**
   * Forgets some of the devices that an earlier version left, or a larger quota, and for which
   * there is no room any more.
   *
   * @param urgentGone up to which position of the lane nothing waits any more
   */
  void keepToTheLimit(long urgentGone, long bulkGone) throws SQLException {
    if (isAboveTheLimit() && !forgetSome(urgentGone, bulkGone)) {
      noneToForgetUntil = second + SECONDS_BETWEEN_LOOKS;
    }
  }

  /**
   * Forgets some of which nothing waits, to make room for the events of others.
   *
   * @return whether any was
   */
  boolean makeRoom(long urgentGone, long bulkGone) throws SQLException {
    return forgetSome(urgentGone, bulkGone);
  }

  /** Whether more are remembered than may be, and some of them can perhaps be forgotten. */
  boolean isAboveTheLimit() {
    return !table.hasRoomFor(0) && second >= noneToForgetUntil;
  }

  private boolean forgetSome(long urgentGone, long bulkGone) throws SQLException {
    saveLongestSilent();
    List<String> forgotten = table.forgetOldest(urgentGone, bulkGone, this::isInUse);
    for (String name : forgotten) {
      RememberedDevice device = devices.remove(name);
      bytes -= device == null ? 0 : device.bytes();
    }
    // An earlier version may have left more than there is room for: then it takes some time.
    return !forgotten.isEmpty();
  }

  /** What the disk does not know whole cannot be forgotten. */
  private void saveLongestSilent() throws SQLException {
    int left = SAVED_TO_FORGET;
    for (RememberedDevice device : devices.values()) {
      if (left == 0) {
        return;
      }
      if (!device.isSaved()) {
        save(device);
        left--;
      }
    }
  }

  /** Whether the disk does not say yet what a device has sent. */
  private boolean isInUse(String name) {
    RememberedDevice device = devices.get(name);
    return device != null && !device.isSaved();
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
   * Ends the group: writes its line, and goes on with saving devices and deleting old lines.
   *
   * @param urgent the position of the lane's last row, with those of the group
   */
  void write(long urgent, long bulk) throws SQLException {
    speaking.forEach(device -> device.isUpTo(urgent, bulk));
    if (taken > 0) {
      lastLine++;
      log.write(lastLine, second);
      loggedEvents += taken;
      if (!inRound && loggedEvents >= eventsInLog) {
        beginRound();
      }
      if (inRound) {
        saveSome();
      }
      if (deletedTo < deleteTo) {
        deletedTo = Math.min(deleteTo, deletedTo + LINES_DELETED_AT_ONCE);
        log.deleteTo(deletedTo);
      }
    }
    forgetInMemory();
  }

  private void beginRound() {
    inRound = true;
    roundCovers = lastLine;
    loggedEvents = 0;
    devices.values().stream().filter(device -> !device.isSaved()).forEach(unsaved::add);
    inThisRound = unsaved.size();
  }

  private void saveSome() throws SQLException {
    long share = (long) taken * inThisRound * ROUNDS_IN_LOG / eventsInLog;
    for (long left = Math.max(share, taken / EVENTS_PER_SAVED_DEVICE) + 1;
        left > 0 && !unsaved.isEmpty();
        left--) {
      save(unsaved.remove());
    }
    if (unsaved.isEmpty()) {
      inRound = false;
      // The newest line always stays: it says how far the lines were counted.
      deleteTo = Math.max(deleteTo, Math.min(roundCovers, lastLine - 1));
    }
  }

  private void save(RememberedDevice device) throws SQLException {
    if (!device.isSaved()) {
      table.save(device, lastLine);
      device.saved(lastLine);
    }
  }

  private void forgetInMemory() throws SQLException {
    Iterator<RememberedDevice> longestSilent = devices.values().iterator();
    while (bytes > mostBytes && longestSilent.hasNext()) {
      RememberedDevice device = longestSilent.next();
      save(device);
      longestSilent.remove();
      bytes -= device.bytes();
    }
  }

  /** Devices in memory. */
  int inMemory() {
    return devices.size();
  }
}
