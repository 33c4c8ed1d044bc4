package org.linli.hub.history.influx;

import java.time.Instant;

/** Words from outside in an InfluxQL statement. */
final class Literal {

  /** What InfluxDB can keep: 1677-09-21 to 2262-04-11, with a day to spare. */
  private static final Instant FIRST = Instant.parse("1677-09-22T00:00:00Z");

  private static final Instant LAST = Instant.parse("2262-04-10T00:00:00Z");

  private static final long YEAR_0_MILLIS = Instant.parse("0000-01-01T00:00:00Z").toEpochMilli();

  private Literal() {}

  /** Whether the name is of letters, digits and {@code - _ . : @} only, as all of ours are. */
  static boolean isPlain(String name) {
    return name.codePoints().allMatch(c -> Character.isLetterOrDigit(c) || "-_.:@".indexOf(c) >= 0);
  }

  /**
   * A string.
   *
   * @throws IllegalArgumentException when the name is not plain
   */
  static String string(String name) {
    return "'" + plain(name) + "'";
  }

  /**
   * A database's name.
   *
   * @throws IllegalArgumentException when the name is not plain
   */
  static String identifier(String name) {
    return '"' + plain(name) + '"';
  }

  private static String plain(String name) {
    if (!isPlain(name)) {
      throw new IllegalArgumentException(
          "the name '" + name + "' has characters other than letters, digits and - _ . : @");
    }
    return name;
  }

  /** A time in nanoseconds since 1970; what lies outside InfluxDB's range is moved to its edge. */
  static long nanos(Instant time) {
    Instant kept = time.isBefore(FIRST) ? FIRST : time.isAfter(LAST) ? LAST : time;
    return Math.multiplyExact(kept.toEpochMilli(), 1_000_000L);
  }

  /** The millisecond that a time in nanoseconds lies in. */
  static Instant toInstant(long nanos) {
    return Instant.ofEpochMilli(Math.floorDiv(nanos, 1_000_000L));
  }

  /**
   * A far time: a millisecond there is a microsecond here, counted from the year 0, so that ten
   * thousand years lie within ten, and keep their order.
   */
  static long farNanos(Instant time) {
    return Math.max(0, time.toEpochMilli() - YEAR_0_MILLIS) * 1_000L;
  }

  static Instant ofFar(long nanos) {
    return Instant.ofEpochMilli(Math.floorDiv(nanos, 1_000L) + YEAR_0_MILLIS);
  }
}
