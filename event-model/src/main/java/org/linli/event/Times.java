package org.linli.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The range and precision of times on the wire: milliseconds, from year 1 to year 9999. */
public final class Times {

  public static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  public static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

  private Times() {}

  static Instant toMillis(Instant time) {
    if (isOutside(time)) {
      throw new IllegalArgumentException(
          "a time must lie in the years 0001 to 9999, this one is " + time);
    }
    return time.getNano() % 1_000_000 == 0 ? time : Instant.ofEpochMilli(time.toEpochMilli());
  }

  /**
   * The time in milliseconds; null, which means unknown, when it is null or outside the range. For
   * a time that no decision depends on.
   */
  static @Nullable Instant known(@Nullable Instant time) {
    return time == null || isOutside(time) ? null : toMillis(time);
  }

  /** Whether the time is outside the range, so that no event may have it. */
  public static boolean isOutside(Instant time) {
    return time.isBefore(FIRST) || time.isAfter(LAST);
  }
}
