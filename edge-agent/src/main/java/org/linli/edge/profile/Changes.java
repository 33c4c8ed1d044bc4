package org.linli.edge.profile;

import org.jspecify.annotations.Nullable;
import org.linli.edge.memory.HeapShare;
import org.linli.event.DeviceId;
import org.linli.program.memory.RecentMap;

/**
 * The last state that was read of each signal of a device, for formats that repeat a state with
 * every message: only a change is an event. After a start the first state that is read is one. Past
 * its share of the heap the signal that has been silent longest is forgotten.
 *
 * <p>A state is one for others only as long as the message that told it is kept, or may still be: a
 * message that repeated it is to come again where that one could not be kept.
 */
public final class Changes {

  /** There is one of these for each profile, two for Frigate's, and one for all mappings. */
  private static final int USERS = 9;

  private final RecentMap<Signal, Noted> states;

  private record Signal(DeviceId device, String name) implements Comparable<Signal> {

    /** Keeps the table fast where names were made to have the same hash. */
    @Override
    public int compareTo(Signal other) {
      int byDevice = device.compareTo(other.device);
      return byDevice != 0 ? byDevice : name.compareTo(other.name);
    }
  }

  /** A state as one message told it. */
  private static final class Noted {
    private final Object state;

    /** Not further back than one, as nobody says when it was kept. */
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
   * Notes the state, and takes that back where the message cannot be kept.
   *
   * @return whether it was another one before, or none was known
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

  /** What was told since then stays; where nothing was, it is as it was before. */
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
