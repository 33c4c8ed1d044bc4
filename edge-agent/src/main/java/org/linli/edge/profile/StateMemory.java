package org.linli.edge.profile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.linli.event.DeviceId;
import org.linli.program.memory.RecentMap;

/**
 * The states in memory, and which of them go for lack of room. Guarded by {@link KnownStates}.
 *
 * <p>At its limits the unregistered device whose states have not changed for the longest is
 * forgotten, one by which a condition holds only where no other is left, and registered ones after
 * all others; of one device with too many states the one that has not changed for the longest and
 * does not hold (decision 0062).
 */
final class StateMemory {

  static final int MOST_OF_DEVICE = 1_000;

  static final int MOST_IDS = 256;

  private static final String TRUE = "true";

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
  private long forgotten;

  /** The states of a device, least recently changed first. */
  private static final class OfDevice {
    private final LinkedHashMap<Signal, NotedState> signals = new LinkedHashMap<>();
    private int ids;

    /** How many of them are inputs of a condition that holds by them. */
    private int holding;

    void add(Signal signal, NotedState noted) {
      signals.putLast(signal, noted);
      holding += holds(signal, noted) ? 1 : 0;
    }

    void remove(Signal signal, NotedState noted) {
      signals.remove(signal);
      holding -= holds(signal, noted) ? 1 : 0;
    }

    private static boolean holds(Signal signal, NotedState noted) {
      return signal.isOfCondition() && noted.state.equals(TRUE);
    }
  }

  StateMemory(KnownDevices registry, int most, long mostBytes) {
    this.registry = registry;
    this.most = most;
    this.mostBytes = mostBytes;
  }

  @Nullable NotedState find(DeviceId device, Signal signal) {
    OfDevice own = devices.get(device);
    return own == null ? null : own.signals.get(signal);
  }

  /** The signals of a device, least recently changed first; valid until the next change. */
  Collection<Signal> signals(DeviceId device) {
    OfDevice own = devices.get(device);
    return own == null ? List.of() : own.signals.sequencedKeySet();
  }

  /**
   * @param number the newest number of a state
   */
  void put(DeviceId device, Signal signal, NotedState noted, long number) {
    OfDevice own = devices.get(device);
    if (own == null) {
      own = new OfDevice();
      bytes += DEVICE_BYTES + RecentMap.bytes(device.value());
    }
    devices.putLast(device, own);
    NotedState before = own.signals.get(signal);
    if (before == null) {
      own.ids += signal.isId() ? 1 : 0;
      size++;
    } else {
      own.remove(signal, before);
      bytes -= bytes(signal, before);
    }
    own.add(signal, noted);
    bytes += bytes(signal, noted);
    makeRoom(device, own, number);
  }

  /** Leaves a newer state as it is; otherwise restores the previous one. */
  @SuppressWarnings("ReferenceEquality") // an equal one of another message is another one
  void withdraw(DeviceId device, Signal signal, NotedState noted) {
    noted.withdrawn = true;
    OfDevice own = devices.get(device);
    if (own == null || own.signals.get(signal) != noted) {
      return;
    }
    NotedState before = noted.before;
    own.remove(signal, noted);
    bytes -= bytes(signal, noted);
    if (before != null && !before.withdrawn) {
      own.add(signal, before);
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

  /** What the disk has still to forget. It is to be given back if it could not be written. */
  List<StateChange> takeForgotten() {
    List<StateChange> gone = List.copyOf(toForget);
    toForget.clear();
    return gone;
  }

  void giveBack(List<StateChange> gone) {
    toForget.addAll(gone);
  }

  int size() {
    return size;
  }

  long forgotten() {
    return forgotten;
  }

  private static long bytes(Signal signal, NotedState noted) {
    return STATE_BYTES + RecentMap.bytes(signal.name()) + RecentMap.bytes(noted.state);
  }

  private boolean isOver(int part) {
    return size > most - (part == 0 ? 0 : most / part)
        || bytes > mostBytes - (part == 0 ? 0 : mostBytes / part);
  }

  private void makeRoom(DeviceId speaking, OfDevice own, long number) {
    if (own.ids > MOST_IDS) {
      forget(speaking, own, firstId(own), number);
    }
    if (own.signals.size() > MOST_OF_DEVICE) {
      forget(speaking, own, firstThatHoldsNot(own), number);
    }
    if (isOver(0)) {
      for (boolean registered : List.of(false, true)) {
        forget(speaking, registered, false, number);
        forget(speaking, registered, true, number);
      }
      while (isOver(0) && own.signals.size() > 1) {
        forget(speaking, own, firstThatHoldsNot(own), number);
      }
    }
  }

  /**
   * @param alsoHolding whether devices go, too, by which a condition holds
   */
  private void forget(DeviceId speaking, boolean alsoRegistered, boolean alsoHolding, long number) {
    Iterator<Map.Entry<DeviceId, OfDevice>> longestUnchanged = devices.entrySet().iterator();
    while (isOver(PART) && longestUnchanged.hasNext()) {
      Map.Entry<DeviceId, OfDevice> each = longestUnchanged.next();
      DeviceId device = each.getKey();
      if (device.equals(speaking)
          || !alsoHolding && each.getValue().holding > 0
          || !alsoRegistered && registry.kindOf(device).isPresent()) {
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

  /** What holds goes last: once it is forgotten, another input could end its condition. */
  private static Signal firstThatHoldsNot(OfDevice own) {
    return own.signals.entrySet().stream()
        .filter(each -> each.getKey().isId() || !each.getValue().state.equals(TRUE))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseGet(() -> own.signals.firstEntry().getKey());
  }

  private void forget(DeviceId device, OfDevice own, Signal signal, long number) {
    own.ids -= signal.isId() ? 1 : 0;
    NotedState noted = Objects.requireNonNull(own.signals.get(signal));
    own.remove(signal, noted);
    leave(signal, noted);
    toForget.add(new StateChange.ForgottenSignal(signal.profile(), device, signal.name(), number));
  }

  private void leave(Signal signal, NotedState noted) {
    size--;
    bytes -= bytes(signal, noted);
    forgotten++;
  }
}
