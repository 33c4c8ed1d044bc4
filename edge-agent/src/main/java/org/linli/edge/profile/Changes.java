package org.linli.edge.profile;

import org.jspecify.annotations.Nullable;
import org.linli.edge.memory.HeapShare;
import org.linli.event.DeviceId;
import org.linli.program.memory.RecentMap;

/**
 * The last known state of each signal of a device, for formats that repeat a state with every
 * message: only a change is an event. After a start, the first state counts as a change. Beyond its
 * share of the heap, the signal that has been silent longest is forgotten. Thread-safe.
 *
 * <p>A state is valid for other messages only as long as its message is kept, or may still be. If
 * that message could not be kept, one that repeated the state has to come again.
 */
public final class Changes {

  /**
   * Number of instances: one for each profile that reports changes, two for Frigate's, and one for
   * all mappings.
   */
  private static final int USERS = 9;

  private final RecentMap<Signal, Noted> states;

  private record Signal(DeviceId device, String name) implements Comparable<Signal> {

    /** Keeps the hash table fast even if names were chosen to have the same hash. */
    @Override
    public int compareTo(Signal other) {
      int byDevice = device.compareTo(other.device);
      return byDevice != 0 ? byDevice : name.compareTo(other.name);
    }
  }

  /** The state in one message. */
  private static final class Noted {
    private final Object state;

    /** The previous state; not its own predecessor, because nothing reports when that was kept. */
    private @Nullable Noted before;

    private volatile boolean withdrawn;

    Noted(Object state, @Nullable Noted before) {
      this.state = state;
      this.before = before;
    }
  }

  public Changes() {
    this(HeapShare.STATES.bytes() / USERS);
  }

  Changes(long mostBytes) {
    states =
        new RecentMap<>(
            mostBytes,
            (signal, noted) ->
                RecentMap.bytes(signal.device().value())
                    + RecentMap.bytes(signal.name())
                    + RecentMap.bytes(noted.state.toString()));
  }

  /**
   * Records the state, and undoes that if the message cannot be kept.
   *
   * @return whether the state was different before, or unknown
   */
  public boolean isChange(Reading reading, Subject subject, String name, Object state) {
    Signal signal = new Signal(subject.device(), name);
    Noted noted;
    synchronized (states) {
      Noted before = states.get(signal);
      if (before != null && before.state.equals(state)) {
        reading.restsOn(() -> !before.withdrawn);
        return false;
      }
      noted = new Noted(state, before);
      if (before != null) {
        before.before = null;
      }
      states.put(signal, noted);
    }
    reading.ifNotKept(() -> withdraw(signal, noted));
    return true;
  }

  /** Leaves a newer state as it is; otherwise restores the previous one. */
  private void withdraw(Signal signal, Noted noted) {
    synchronized (states) {
      noted.withdrawn = true;
      if (states.get(signal) == noted) {
        Noted before = noted.before;
        if (before == null || before.withdrawn) {
          states.remove(signal);
        } else {
          states.put(signal, before);
        }
      }
    }
  }

  int size() {
    synchronized (states) {
      return states.size();
    }
  }
}
