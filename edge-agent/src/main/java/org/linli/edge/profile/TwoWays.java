package org.linli.edge.profile;

import java.time.Duration;

/**
 * An alarm that a device says in two ways, such as by a record and by a bit of its state, is told
 * once, whichever comes first. What one way says again is told: only the first that the other way
 * says soon after it is the same. Thread-safe.
 */
public final class TwoWays {

  /** Far more than lies between the two. */
  private static final Duration TOGETHER = Duration.ofMinutes(1);

  private static final String NAME = "told by ";
  private static final String BOTH = "both ";

  private final Changes changes;

  public TwoWays(Changes changes) {
    this.changes = changes;
  }

  /**
   * Whether the other way has not just said the same; counts it as a repeat if it has.
   *
   * @param alarm what both ways say of the subject
   * @param way a word
   */
  public boolean isNew(MessageReading reading, Subject subject, String alarm, String way) {
    String name = NAME + alarm;
    long now = reading.receivedAt().toEpochMilli();
    StateChange.Known last = changes.known(reading, subject, name);
    boolean isSame = last != null && isOther(last.state(), way + " ", now);
    changes.note(reading, subject, name, (isSame ? BOTH : way + " ") + now, null);
    if (isSame) {
      reading.repeated(subject.device(), RepeatReason.UNCHANGED);
    }
    return !isSame;
  }

  private static boolean isOther(String last, String way, long now) {
    if (last.startsWith(way) || last.startsWith(BOTH)) {
      return false;
    }
    long at = Long.parseLong(last.substring(last.lastIndexOf(' ') + 1));
    return Math.abs(now - at) <= TOGETHER.toMillis();
  }
}
