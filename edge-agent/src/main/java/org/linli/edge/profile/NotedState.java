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

  /** The alarm that was said after this end, and told together with it. */
  @Nullable NotedState overtaken;

  /** The newest time of this state with which it came late, as what a device had kept. */
  private @Nullable Instant keptAt;

  /** When something of that sort came last. */
  private @Nullable Instant keptHeardAt;

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

  /**
   * Notes an alarm that was told together with this end.
   *
   * @return what to do if it was not kept
   */
  Runnable overtake(String alarm, @Nullable Instant alarmAt) {
    NotedState told = new NotedState(alarm, number, alarmAt, null, false);
    overtaken = told;
    return () -> told.withdrawn = true;
  }

  /** The device said that it had been in this state some time ago. */
  void cameLate(Instant kept, Instant heardAt) {
    keptHeardAt = heardAt;
    if (keptAt == null || keptAt.isBefore(kept)) {
      keptAt = kept;
    }
  }

  /**
   * Whether the device had kept this end of an alarm, and has just sent it. Had its clock been set
   * back since then, the end would not have come late.
   *
   * @param lately when it must have come
   */
  boolean cameLateAfter(Instant alarm, Instant lately) {
    return keptAt != null
        && keptHeardAt != null
        && !keptAt.isBefore(alarm)
        && !keptHeardAt.isBefore(lately);
  }

  boolean isUnknown() {
    return state.equals(UNKNOWN);
  }
}
