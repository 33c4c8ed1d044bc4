package org.linli.edge.profile;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linli.edge.memory.HeapShare;
import org.linli.event.DeviceId;
import org.linli.event.Sha256;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * The last known state of each signal of each device. States outlive a restart: each is written in
 * the transaction of the message that it came with ({@link Basis#states}), and read at the start.
 *
 * <p>What is forgotten for lack of room ({@link StateMemory}) is an event when it is said again.
 * Thread-safe.
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

  /** A state's own time may be so much ahead of the gateway's; beyond that it is not believed. */
  static final Duration AHEAD = Duration.ofMinutes(5);

  /** Has room for lists that profiles keep and read back. */
  private static final int LONGEST_STATE = 600;

  private final KnownDevices registry;
  private final StateMemory memory;
  private final SourceClocks clocks = new SourceClocks();
  private final DeviceTurns turns = new DeviceTurns();
  private long number;

  /** What a device says with a state. */
  enum Said {
    NEWS,
    /** An alarm that the device had kept, and whose end it had kept too and said before. */
    OVERTAKEN,
    /** The same alarm once more. */
    OVERTAKEN_AGAIN,
    UNCHANGED,
    OLDER,
    CACHED
  }

  @Autowired
  public KnownStates(KnownDevices registry, StateSettings settings, StatesOnDisk disk) {
    this(registry, Math.min(settings.most(), disk.most()), HeapShare.STATES.bytes(), disk.take());
  }

  KnownStates(KnownDevices registry, int most, long mostBytes, List<StateChange.Known> atStart) {
    this.registry = registry;
    this.memory = new StateMemory(registry, most, mostBytes);
    for (StateChange.Known known : atStart) {
      number = Math.max(number, known.number());
      memory.put(
          known.device(),
          new Signal(known.profile(), known.signal()),
          new NotedState(known.state(), known.number(), known.at(), null, isEnd(known.state())),
          number);
    }
  }

  /** Without a disk. */
  static KnownStates untilTheEnd(KnownDevices registry) {
    return new KnownStates(registry, Integer.MAX_VALUE, HeapShare.STATES.bytes(), List.of());
  }

  /** The turns in which messages judge the states of a device. */
  DeviceTurns turns() {
    return turns;
  }

  /**
   * Records a state, unless it is old, and undoes that if the message cannot be kept.
   *
   * @param said the state
   * @param stated the state's own time. One of a clock that was never set, or that is ahead of the
   *     gateway's, decides nothing: an alarm would be swallowed
   * @param scope how long it is known
   */
  Said record(
      MessageReading reading,
      DeviceId device,
      String name,
      String said,
      StateTime stated,
      StateScope scope) {
    boolean lasts = scope != StateScope.THIS_RUN;
    Signal signal = signal(reading, device, name);
    String state = shortened(said, LONGEST_STATE);
    Instant latest = reading.receivedAt().plus(AHEAD);
    Instant at = credible(reading, device, stated);
    boolean isOld =
        !stated.isByDevice(reading) && LateStates.isBefore(at, reading.receivedAt().minus(OLD));
    NotedState noted;
    synchronized (this) {
      NotedState before = memory.find(device, signal);
      if (before != null
          && !LateStates.isBefore(latest, before.at)
          && LateStates.isOlder(reading, at, stated, before)) {
        Said late = LateStates.saidLate(reading, at, stated, state, before);
        if (late != null) {
          reading.restsOn(() -> !before.withdrawn);
          if (late == Said.UNCHANGED) {
            LateStates.noteLateness(reading, before, at, stated);
          } else if (late == Said.OVERTAKEN) {
            reading.ifNotKept(before.overtake(state, at));
          }
          return late;
        }
      }
      if (before != null && before.state.equals(state)) {
        reading.restsOn(() -> !before.withdrawn);
        LateStates.noteLateness(reading, before, at, stated);
        refresh(reading, device, signal, before, notAhead(reading, at), lasts);
        return Said.UNCHANGED;
      }
      if (isOld && before == null) {
        return Said.CACHED;
      }
      // What is known ended, and what has been since is not known: the next state is told.
      noted =
          new NotedState(
              isOld ? NotedState.UNKNOWN : state,
              ++number,
              notAhead(reading, at),
              before,
              stated.effect() == StateTime.Effect.ENDS);
      LateStates.noteLateness(reading, noted, at, stated);
      if (before != null) {
        before.before = null;
      }
      memory.put(device, signal, noted, number);
      List<StateChange> gone = memory.takeForgotten();
      gone.forEach(reading.changes()::add);
      reading.ifNotKept(() -> giveBack(gone));
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

  /**
   * The state's own time, by the gateway's clock; null if it decides nothing.
   *
   * <p>What a device says now by a clock that is months behind counts as it comes, and so does an
   * alarm that seems to be as old.
   */
  private @Nullable Instant credible(MessageReading reading, DeviceId device, StateTime stated) {
    Instant claimed = stated.at();
    if (claimed == null || !StaleEvents.isBelievable(claimed)) {
      return null;
    }
    Instant at = clocks.byGateway(reading, device, stated);
    boolean mustBeRecent = stated.isByDevice(reading) || stated.begins() && !reading.wasRetained();
    return at.isAfter(reading.receivedAt().plus(AHEAD))
            || mustBeRecent && at.isBefore(reading.receivedAt().minus(ClaimedTime.BEHIND))
        ? null
        : at;
  }

  /** Otherwise a clock that is set back by a little would make what comes next older. */
  private static @Nullable Instant notAhead(MessageReading reading, @Nullable Instant at) {
    return LateStates.isBefore(reading.receivedAt(), at) ? reading.receivedAt() : at;
  }

  /** The state, and its own time, as last recorded; null if none is known. */
  synchronized StateChange.@Nullable Known known(
      MessageReading reading, DeviceId device, String name) {
    Signal signal = signal(reading, device, name);
    NotedState noted = memory.find(device, signal);
    if (noted == null || noted.isUnknown()) {
      return null;
    }
    reading.restsOn(() -> !noted.withdrawn);
    return known(device, signal, noted);
  }

  /** Whether it is the known state, or may be because that is not known any more. */
  synchronized boolean mayBe(MessageReading reading, DeviceId device, String name, String state) {
    NotedState noted = memory.find(device, signal(reading, device, name));
    if (noted == null) {
      return false;
    }
    reading.restsOn(() -> !noted.withdrawn);
    return noted.isUnknown() || noted.state.equals(state);
  }

  /** The names that begin so and of which a state is known, without that beginning. */
  synchronized List<String> names(MessageReading reading, DeviceId device, String beginning) {
    String ofHardware = Signal.named("", registry.generationOf(device));
    List<String> names = new ArrayList<>();
    // A loop without a copy, because a device may have a thousand, of which most are ids.
    for (Signal signal : memory.signals(device)) {
      String name = signal.name();
      if (name.startsWith(beginning)
          && name.endsWith(ofHardware)
          && signal.profile().equals(reading.profile())) {
        names.add(name.substring(beginning.length(), name.length() - ofHardware.length()));
      }
    }
    return names;
  }

  /**
   * What was forgotten since it was said is forgotten on the disk too. A message can reach it after
   * a later one with which its device was forgotten, and its state would be known after the next
   * restart; or before that one, and what it replaces would be.
   */
  synchronized List<StateChange> withoutForgotten(List<StateChange> changes) {
    List<StateChange> written = new ArrayList<>(changes.size());
    for (StateChange change : changes) {
      written.add(
          change instanceof StateChange.Known known && isForgotten(known)
              ? new StateChange.ForgottenSignal(
                  known.profile(), known.device(), known.signal(), known.number())
              : change);
    }
    return written;
  }

  private boolean isForgotten(StateChange.Known said) {
    NotedState noted = memory.find(said.device(), new Signal(said.profile(), said.signal()));
    return noted == null || noted.since > said.number();
  }

  private void refresh(
      MessageReading reading,
      DeviceId device,
      Signal signal,
      NotedState same,
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

  private synchronized void rewrite(NotedState same, @Nullable Instant written) {
    same.written = written;
  }

  private static StateChange.Known known(DeviceId device, Signal signal, NotedState noted) {
    return new StateChange.Known(
        signal.profile(), device, signal.name(), noted.state, noted.at, noted.number);
  }

  private Signal signal(MessageReading reading, DeviceId device, String name) {
    return new Signal(reading.profile(), Signal.named(name, registry.generationOf(device)));
  }

  /** Of a state from the disk, which says no more than its name. */
  private static boolean isEnd(String state) {
    return state.equals("false") || state.equals(ToldAlarms.OVER);
  }

  private static String shortened(String text, int longest) {
    return text.length() > longest ? Sha256.hexOf(text) : text;
  }

  private synchronized void giveBack(List<StateChange> gone) {
    memory.giveBack(gone);
  }

  private synchronized void withdraw(DeviceId device, Signal signal, NotedState noted) {
    memory.withdraw(device, signal, noted);
  }

  /** A dead letter said another state, which may be so or not: the next one is told. */
  private void becomesUnknown(MessageReading reading, DeviceId device, Signal signal) {
    NotedState unknown;
    synchronized (this) {
      NotedState before = memory.find(device, signal);
      if (before == null || before.isUnknown()) {
        return;
      }
      unknown = new NotedState(NotedState.UNKNOWN, ++number, null, before, false);
      before.before = null;
      memory.put(device, signal, unknown, number);
      reading.changes().add(known(device, signal, unknown));
    }
    reading.ifNotKept(() -> withdraw(device, signal, unknown));
  }

  synchronized int size() {
    return memory.size();
  }

  /** How many states were forgotten for lack of room since the start. */
  synchronized long forgotten() {
    return memory.forgotten();
  }
}
