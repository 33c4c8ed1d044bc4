package org.linli.event;

import java.time.Instant;

/** The range and precision of a time that travels: milliseconds, from year 0 to year 9999. */
final class Times {

  private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

  private Times() {}

  static Instant toMillis(Instant time) {
    if (time.isBefore(FIRST) || time.isAfter(LAST)) {
      throw new IllegalArgumentException(
          "a time must lie in the years 0000 to 9999, this one is " + time);
    }
    return time.getNano() % 1_000_000 == 0 ? time : Instant.ofEpochMilli(time.toEpochMilli());
  }
}
