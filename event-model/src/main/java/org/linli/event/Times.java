package org.linli.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The range and precision of a time that travels: milliseconds, from year 1 to year 9999. */
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

  /** A time that decides nothing; null, which is unknown, where it lies outside the range. */
  static @Nullable Instant known(@Nullable Instant time) {
    return time == null || isOutside(time) ? null : toMillis(time);
  }

  /** Whether no event may have this time. */
  public static boolean isOutside(Instant time) {
    return time.isBefore(FIRST) || time.isAfter(LAST);
  }
}
