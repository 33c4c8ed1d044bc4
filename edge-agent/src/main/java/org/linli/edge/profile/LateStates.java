package org.linli.edge.profile;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Judges states that a device says late, by its own clock, against the known one. */
final class LateStates {

  /** What is less older by the device's clock than this came together with what is newer. */
  static final Duration CLEARLY = Duration.ofMillis(999);

  /** What is sent again so long after the end of an alarm that was told is that alarm. */
  private static final Duration SENT_AGAIN = Duration.ofMinutes(10);

  /** So long after a device sent what it had kept, it sends more of that. */
  private static final Duration SENDS_WHAT_IT_KEPT = Duration.ofMinutes(10);

  private LateStates() {}

  static boolean isOlder(
      MessageReading reading, @Nullable Instant at, StateTime stated, NotedState before) {
    if (!stated.isByDevice(reading)) {
      return isBefore(at, before.at);
    }
    return !before.isUnknown() && at != null && isBefore(at.plus(CLEARLY), before.at);
  }

  /**
   * What becomes of a state that is older than the known one; null if it is to be recorded. That is
   * an alarm that a device says late, of which only the end is known: it is told, and holds until
   * an end is said that is not older than the alarm itself. It does not hold if the device had kept
   * its end too, for then it is no clock that was set back.
   */
  static KnownStates.@Nullable Said saidLate(
      MessageReading reading,
      @Nullable Instant at,
      StateTime stated,
      String state,
      NotedState known) {
    if (known.state.equals(state)) {
      return KnownStates.Said.UNCHANGED;
    }
    if (!stated.isByDevice(reading) || !stated.begins()) {
      return KnownStates.Said.OLDER;
    }
    if (!known.isEnd) {
      return KnownStates.Said.NEWS;
    }
    if (at == null) {
      return null;
    }
    boolean mayBeOver = stated.effect() == StateTime.Effect.RAISES;
    if (wasTold(at, state, known, known.before)) {
      return KnownStates.Said.OLDER;
    }
    if (wasTold(at, state, known, known.overtaken)) {
      return mayBeOver ? KnownStates.Said.OVERTAKEN_AGAIN : KnownStates.Said.OLDER;
    }
    boolean isOver = known.cameLateAfter(at, reading.receivedAt().minus(SENDS_WHAT_IT_KEPT));
    return mayBeOver && isOver ? KnownStates.Said.OVERTAKEN : null;
  }

  /** Notes that a device says by its own clock of an end that it was so some time ago. */
  static void noteLateness(
      MessageReading reading, NotedState noted, @Nullable Instant at, StateTime stated) {
    if (at != null
        && noted.isEnd
        && stated.isByDevice(reading)
        && isBefore(at, reading.receivedAt().minus(SourceClocks.NOTICED))) {
      noted.cameLate(at, reading.receivedAt());
    }
  }

  /**
   * Whether it is what was told before the end that is known. An old time within an alarm that
   * lasted is no sign of that: it may be a new one of a clock that was set back.
   */
  private static boolean wasTold(
      Instant at, String state, NotedState end, @Nullable NotedState told) {
    if (told == null || told.withdrawn || told.began == null || !told.state.equals(state)) {
      return false;
    }
    return at.equals(told.began)
        || !isBefore(at.plus(CLEARLY), told.began)
            && end.began != null
            && !isBefore(at.plus(SENT_AGAIN), end.began);
  }

  static boolean isBefore(@Nullable Instant at, @Nullable Instant other) {
    return at != null && other != null && at.isBefore(other);
  }
}
