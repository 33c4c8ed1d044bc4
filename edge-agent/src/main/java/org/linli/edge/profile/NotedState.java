package org.linli.edge.profile;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A state as one message said it. All but {@code withdrawn} is guarded by {@link KnownStates}. */
final class NotedState {

  /** Stands for a state that is not known any more; no state of a device is the same. */
  static final String UNKNOWN = "linli:out-of-date";

  final String state;
  final long number;

  /** The number from which on the signal has been known without being forgotten. */
  final long since;

  /** When the device was first in this state; null if there is no time to trust. */
  final @Nullable Instant began;

  /** The newest time at which the device was in this state; null if there is none to trust. */
  @Nullable Instant at;

  /** The same as on the disk. */
  @Nullable Instant written;

  /** The previous state; not its own predecessor, because nothing reports when that was kept. */
  @Nullable NotedState before;

  /** Whether it is the end of an alarm. */
  final boolean isEnd;

  volatile boolean withdrawn;

  NotedState(
      String state, long number, @Nullable Instant at, @Nullable NotedState before, boolean isEnd) {
    this.state = state;
    this.number = number;
    this.since = before == null ? number : before.since;
    this.began = at;
    this.at = at;
    this.written = at;
    this.before = before;
    this.isEnd = isEnd;
  }

  boolean isUnknown() {
    return state.equals(UNKNOWN);
  }
}
