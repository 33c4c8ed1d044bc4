package org.linli.edge.profile;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.linli.edge.memory.HeapShare;
import org.linli.event.DeviceId;
import org.linli.event.Sha256;
import org.linli.program.memory.RecentMap;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * The last known state of each signal of each device. States outlive a restart: each is written in
 * the transaction of the message that it came with ({@link Basis#states}), and read at the start.
 *
 * <p>At its limits the unregistered device whose states have not changed for the longest is
 * forgotten, and registered ones only where no other is left; of one device with too many states
 * the one that has not changed for the longest. What is forgotten is an event when it is said
 * again. Thread-safe.
 */
@Component
public final class KnownStates {

  /**
   * A state that a coordinator or a broker had kept for longer is not told: Zigbee2MQTT, too, takes
   * a battery device for gone that has been silent for so long.
   */
  static final Duration OLD = Duration.ofHours(25);

  /** How much newer the time of an unchanged state must be to be written down. */
  static final Duration REFRESH = Duration.ofSeconds(20);

  static final int MOST_OF_DEVICE = 1_000;

  /** Begins the names of signals that are ids, of which each device has its newest. */
  static final String ID = "id/";

  static final int MOST_IDS = 256;

  /** A state's own time may be so much ahead of the gateway's; beyond that it is not believed. */
  static final Duration AHEAD = Duration.ofMinutes(5);

  /** Stands for the state of which only an old one is known; no state of a device is the same. */
  private static final String OUT_OF_DATE = "linli:out-of-date";

  /** Longer texts are replaced by their hashes. */
  private static final int LONGEST_SIGNAL = 200;

  /** Has room for what {@link Conditions} keeps, which is read back. */
  private static final int LONGEST_STATE = 600;

  private static final int DEVICE_BYTES = 240;
  private static final int STATE_BYTES = 200;

  /** So much of the limit is freed at once. */
  private static final int PART = 16;

  private final KnownDevices registry;
  private final int most;
  private final long mostBytes;

  /** The one whose states have not changed for the longest comes first. */
  private final LinkedHashMap<DeviceId, OfDevice> devices = new LinkedHashMap<>();

  /** What the disk has still to forget. */
  private final List<StateChange> toForget = new ArrayList<>();

  private int size;
  private long bytes;
  private long number;
  private long forgotten;

  /** What a device says with a state. */
  enum Said {
    NEWS,
    UNCHANGED,
    OLDER,
    CACHED
  }

  private record Signal(String profile, String name) implements Comparable<Signal> {

    boolean isId() {
      return name.startsWith(ID);
    }

    /** Keeps the hash table fast even if names were chosen to have the same hash. */
    @Override
    public int compareTo(Signal other) {
      int byName = name.compareTo(other.name);
      return byName != 0 ? byName : profile.compareTo(other.profile);
    }
  }

  /** The states of a device, least recently changed first. */
  private static final class OfDevice {
    private final LinkedHashMap<Signal, Noted> signals = new LinkedHashMap<>();
    private int ids;
  }

  /** The state in one message. */
  private static final class Noted {
    private final String state;
    private final long number;

    /** The newest time at which the device was in this state; null if there is none to trust. */
    private @Nullable Instant at;

    /** The same as on the disk. */
    private @Nullable Instant written;

    /** The previous state; not its own predecessor, because nothing reports when that was kept. */
    private @Nullable Noted before;

    private volatile boolean withdrawn;

    Noted(String state, long number, @Nullable Instant at, @Nullable Noted before) {
      this.state = state;
      this.number = number;
      this.at = at;
      this.written = at;
      this.before = before;
    }
  }

  @Autowired
  public KnownStates(KnownDevices registry, StateSettings settings, StatesOnDisk disk) {
    this(registry, Math.min(settings.most(), disk.most()), HeapShare.STATES.bytes(), disk.take());
  }

  KnownStates(KnownDevices registry, int most, long mostBytes, List<StateChange.Known> atStart) {
    this.registry = registry;
    this.most = most;
    this.mostBytes = mostBytes;
    for (StateChange.Known known : atStart) {
      number = Math.max(number, known.number());
      put(
          known.device(),
          new Signal(known.profile(), known.signal()),
          new Noted(known.state(), known.number(), known.at(), null));
    }
  }

  /** Without a disk. */
  static KnownStates untilTheEnd(KnownDevices registry) {
    return new KnownStates(registry, Integer.MAX_VALUE, HeapShare.STATES.bytes(), List.of());
  }

  /**
   * Records a state, unless it is old, and undoes that if the message cannot be kept.
   *
   * @param said the state
   * @param claimed the state's own time; null if it has none. One of a clock that was never set, or
   *     that is ahead of the gateway's, decides nothing: an alarm would be swallowed
   * @param scope how long it is known
   */
  Said record(
      Reading reading,
      DeviceId device,
      String name,
      String said,
      @Nullable Instant claimed,
      StateScope scope) {
    boolean lasts = scope != StateScope.THIS_RUN;
    Signal signal = new Signal(reading.profile(), signal(device, name));
    String state = shortened(said, LONGEST_STATE);
    Instant latest = reading.receivedAt().plus(AHEAD);
    Instant at = LeftBehind.isBelievable(claimed) && !isBefore(latest, claimed) ? claimed : null;
    boolean isOld = isBefore(at, reading.receivedAt().minus(OLD));
    Noted noted;
    synchronized (this) {
      Noted before = find(device, signal);
      if (before != null && isBefore(at, before.at) && !isBefore(latest, before.at)) {
        reading.restsOn(() -> !before.withdrawn);
        return before.state.equals(state) ? Said.UNCHANGED : Said.OLDER;
      }
      if (before != null && before.state.equals(state)) {
        reading.restsOn(() -> !before.withdrawn);
        refresh(reading, device, signal, before, at, lasts);
        return Said.UNCHANGED;
      }
      if (isOld && before == null) {
        return Said.CACHED;
      }
      // What is known ended, and what has been since is not known: the next state is told.
      noted = new Noted(isOld ? OUT_OF_DATE : state, ++number, at, before);
      if (before != null) {
        before.before = null;
      }
      put(device, signal, noted);
      List<StateChange> gone = List.copyOf(toForget);
      toForget.clear();
      gone.forEach(reading.changes()::add);
      reading.ifNotKept(() -> forgetLater(gone));
      if (lasts) {
        StateChange.Known known = known(device, signal, noted);
        if (scope == StateScope.WITH_ITS_EVENT) {
          reading.changes().addWithItsEvent(known, () -> withdraw(device, signal, noted));
        } else {
          reading.changes().add(known);
        }
        reading.changes().ifRefused(() -> becomesUnknown(reading, device, signal));
      }
    }
    reading.ifNotKept(() -> withdraw(device, signal, noted));
    return isOld ? Said.CACHED : Said.NEWS;
  }

  private static boolean isBefore(@Nullable Instant at, @Nullable Instant other) {
    return at != null && other != null && at.isBefore(other);
  }

  /** The state, and its own time, as last recorded; null if none is known. */
  synchronized StateChange.@Nullable Known known(Reading reading, DeviceId device, String name) {
    Signal signal = new Signal(reading.profile(), signal(device, name));
    Noted noted = find(device, signal);
    return noted == null || noted.state.equals(OUT_OF_DATE) ? null : known(device, signal, noted);
  }

  /** The names that begin so and of which a state is known, without that beginning. */
  synchronized List<String> names(Reading reading, DeviceId device, String beginning) {
    OfDevice own = devices.get(device);
    if (own == null) {
      return List.of();
    }
    String ofHardware = signal(device, "");
    return own.signals.keySet().stream()
        .filter(signal -> signal.profile().equals(reading.profile()))
        .map(Signal::name)
        .filter(name -> name.startsWith(beginning) && name.endsWith(ofHardware))
        .map(name -> name.substring(beginning.length(), name.length() - ofHardware.length()))
        .toList();
  }

  private void refresh(
      Reading reading,
      DeviceId device,
      Signal signal,
      Noted same,
      @Nullable Instant at,
      boolean lasts) {
    if (at == null) {
      return;
    }
    same.at = at;
    Instant written = same.written;
    if (lasts && (written == null || !at.isBefore(written.plus(REFRESH)))) {
      same.written = at;
      reading
          .changes()
          .add(
              new StateChange.Known(
                  signal.profile(), device, signal.name(), same.state, at, ++number));
      reading.ifNotKept(() -> rewrite(same, written));
    }
  }

  private synchronized void rewrite(Noted same, @Nullable Instant written) {
    same.written = written;
  }

  private static StateChange.Known known(DeviceId device, Signal signal, Noted noted) {
    return new StateChange.Known(
        signal.profile(), device, signal.name(), noted.state, noted.at, noted.number);
  }

  private @Nullable Noted find(DeviceId device, Signal signal) {
    OfDevice own = devices.get(device);
    return own == null ? null : own.signals.get(signal);
  }

  /** Replaced hardware has signals of its own. */
  private String signal(DeviceId device, String name) {
    int generation = registry.generationOf(device);
    String ofHardware = generation == 1 ? name : name + "#" + generation;
    return ofHardware.length() <= LONGEST_SIGNAL
        ? ofHardware
        : (name.startsWith(ID) ? ID : "") + Sha256.hexOf(ofHardware);
  }

  private static String shortened(String text, int longest) {
    return text.length() > longest ? Sha256.hexOf(text) : text;
  }

  private void put(DeviceId device, Signal signal, Noted noted) {
    OfDevice own = devices.get(device);
    if (own == null) {
      own = new OfDevice();
      bytes += DEVICE_BYTES + RecentMap.bytes(device.value());
    }
    devices.putLast(device, own);
    Noted before = own.signals.putLast(signal, noted);
    if (before == null) {
      own.ids += signal.isId() ? 1 : 0;
      size++;
    } else {
      bytes -= bytes(signal, before);
    }
    bytes += bytes(signal, noted);
    makeRoom(device, own);
  }

  private static long bytes(Signal signal, Noted noted) {
    return STATE_BYTES + RecentMap.bytes(signal.name()) + RecentMap.bytes(noted.state);
  }

  private boolean isOver(int part) {
    return size > most - (part == 0 ? 0 : most / part)
        || bytes > mostBytes - (part == 0 ? 0 : mostBytes / part);
  }

  private void makeRoom(DeviceId speaking, OfDevice own) {
    if (own.ids > MOST_IDS) {
      forget(speaking, own, firstId(own));
    }
    if (own.signals.size() > MOST_OF_DEVICE) {
      forget(speaking, own, own.signals.firstEntry().getKey());
    }
    if (isOver(0)) {
      forget(speaking, false);
      forget(speaking, true);
      while (isOver(0) && own.signals.size() > 1) {
        forget(speaking, own, own.signals.firstEntry().getKey());
      }
    }
  }

  private void forget(DeviceId speaking, boolean alsoRegistered) {
    Iterator<Map.Entry<DeviceId, OfDevice>> longestUnchanged = devices.entrySet().iterator();
    while (isOver(PART) && longestUnchanged.hasNext()) {
      Map.Entry<DeviceId, OfDevice> each = longestUnchanged.next();
      DeviceId device = each.getKey();
      if (device.equals(speaking) || !alsoRegistered && registry.kindOf(device).isPresent()) {
        continue;
      }
      longestUnchanged.remove();
      each.getValue().signals.forEach(this::leave);
      bytes -= DEVICE_BYTES + RecentMap.bytes(device.value());
      toForget.add(new StateChange.Forgotten(device, number));
    }
  }

  /** Few signals that are no ids come before it. */
  private static Signal firstId(OfDevice own) {
    return own.signals.keySet().stream().filter(Signal::isId).findFirst().orElseThrow();
  }

  private void forget(DeviceId device, OfDevice own, Signal signal) {
    own.ids -= signal.isId() ? 1 : 0;
    leave(signal, Objects.requireNonNull(own.signals.remove(signal)));
    toForget.add(new StateChange.ForgottenSignal(signal.profile(), device, signal.name(), number));
  }

  private void leave(Signal signal, Noted noted) {
    size--;
    bytes -= bytes(signal, noted);
    forgotten++;
  }

  private synchronized void forgetLater(List<StateChange> gone) {
    toForget.addAll(gone);
  }

  /** Leaves a newer state as it is; otherwise restores the previous one. */
  private synchronized void withdraw(DeviceId device, Signal signal, Noted noted) {
    noted.withdrawn = true;
    OfDevice own = devices.get(device);
    if (own == null || own.signals.get(signal) != noted) {
      return;
    }
    Noted before = noted.before;
    own.signals.remove(signal);
    bytes -= bytes(signal, noted);
    if (before != null && !before.withdrawn) {
      own.signals.putLast(signal, before);
      bytes += bytes(signal, before);
      return;
    }
    own.ids -= signal.isId() ? 1 : 0;
    size--;
    if (own.signals.isEmpty()) {
      devices.remove(device);
      bytes -= DEVICE_BYTES + RecentMap.bytes(device.value());
    }
  }

  /** A dead letter said another state, which may be so or not: the next one is told. */
  private void becomesUnknown(Reading reading, DeviceId device, Signal signal) {
    Noted unknown;
    synchronized (this) {
      Noted before = find(device, signal);
      if (before == null || before.state.equals(OUT_OF_DATE)) {
        return;
      }
      unknown = new Noted(OUT_OF_DATE, ++number, null, before);
      before.before = null;
      put(device, signal, unknown);
      reading.changes().add(known(device, signal, unknown));
    }
    reading.ifNotKept(() -> withdraw(device, signal, unknown));
  }

  synchronized int size() {
    return size;
  }

  /** How many states were forgotten for lack of room since the start. */
  synchronized long forgotten() {
    return forgotten;
  }
}
