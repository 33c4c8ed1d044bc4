package org.linli.edge.profile;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Ids of alarms that are made of a second, in which an alarm may begin, end and begin again: the
 * second one has a number. The same alarm that is sent again has its id (decision 0063).
 * Thread-safe.
 */
public final class AlarmIds {

  private static final String SIGNAL = "id of ";
  private static final String OVER = "over ";
  private static final char AGAIN = '+';

  private final Changes changes;

  public AlarmIds(Changes changes) {
    this.changes = changes;
  }

  /**
   * The id of an alarm that begins, or is sent again.
   *
   * @param name of the alarm
   * @param made of its second and of what it says
   * @param at when it began, by the device
   */
  public String begun(
      MessageReading reading, Subject subject, String name, String made, @Nullable Instant at) {
    StateChange.Known known = changes.known(reading, subject, SIGNAL + name);
    String before = known == null ? "" : known.state();
    String ended = before.startsWith(OVER) ? before.substring(OVER.length()) : "";
    Instant end = known == null ? null : known.at();
    if (isOf(made, before)) {
      return before;
    }
    if (isOf(made, ended) && at != null && end != null && isBefore(at, end)) {
      return ended;
    }
    String id = isOf(made, ended) ? next(made, ended) : made;
    note(reading, subject, name, id, StateTime.byDevice(at).of(true));
    return id;
  }

  /**
   * The alarm is over.
   *
   * @param at when it ended, by the device
   */
  public void ended(MessageReading reading, Subject subject, String name, @Nullable Instant at) {
    StateChange.Known known = changes.known(reading, subject, SIGNAL + name);
    if (known != null && !known.state().startsWith(OVER)) {
      note(reading, subject, name, OVER + known.state(), StateTime.byDevice(at).of(false));
    }
  }

  private static void note(
      MessageReading reading, Subject subject, String name, String state, StateTime time) {
    var _ =
        reading
            .knownStates()
            .record(reading, subject.device(), SIGNAL + name, state, time, StateScope.LASTING);
  }

  private static boolean isBefore(Instant began, Instant ended) {
    return began.plus(LateStates.CLEARLY).isBefore(ended);
  }

  /** Whether an id was made of the same. */
  public static boolean isOf(String made, String id) {
    return id.equals(made) || id.startsWith(made + AGAIN);
  }

  /** The next id that is made of the same. */
  public static String next(String made, String before) {
    String number = before.substring(Math.min(before.length(), made.length() + 1));
    return made + AGAIN + (number.matches("\\d{1,9}") ? Integer.parseInt(number) + 1 : 2);
  }
}
