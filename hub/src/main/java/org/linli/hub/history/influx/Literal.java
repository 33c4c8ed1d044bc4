package org.linli.hub.history.influx;

import java.time.Instant;

/** Makes text from outside safe for an InfluxQL statement. */
final class Literal {

  /** The range that InfluxDB can store: 1677-09-21 to 2262-04-11, with a day to spare. */
  private static final Instant FIRST = Instant.parse("1677-09-22T00:00:00Z");

  private static final Instant LAST = Instant.parse("2262-04-10T00:00:00Z");

  private static final long YEAR_0_MILLIS = Instant.parse("0000-01-01T00:00:00Z").toEpochMilli();

  private Literal() {}

  /**
   * Returns whether the name consists of letters, digits and {@code - _ . : @} only, as all of ours
   * do.
   */
  static boolean isPlain(String name) {
    return name.codePoints().allMatch(c -> Character.isLetterOrDigit(c) || "-_.:@".indexOf(c) >= 0);
  }

  /**
   * Returns the name as a string literal.
   *
   * @throws IllegalArgumentException when the name is not plain
   */
  static String string(String name) {
    return "'" + plain(name) + "'";
  }

  /**
   * Returns a device's name in the history, which may have its community in front.
   *
   * @throws IllegalArgumentException when a part of the name is not plain
   */
  static String device(String name) {
    int between = name.indexOf('/');
    plain(name.substring(0, Math.max(0, between)));
    plain(name.substring(between + 1));
    return "'" + name + "'";
  }

  /** Returns a regular expression as a literal. */
  static String pattern(String pattern) {
    return "/" + pattern.replace("/", "\\/") + "/";
  }

  /**
   * Returns a database's name as an identifier.
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

  /**
   * Returns a time in nanoseconds since 1970; a time outside InfluxDB's range is moved to its edge.
   */
  static long nanos(Instant time) {
    Instant kept = time.isBefore(FIRST) ? FIRST : time.isAfter(LAST) ? LAST : time;
    return Math.multiplyExact(kept.toEpochMilli(), 1_000_000L);
  }

  /** Returns the millisecond that contains a time in nanoseconds. */
  static Instant toInstant(long nanos) {
    return Instant.ofEpochMilli(Math.floorDiv(nanos, 1_000_000L));
  }

  /**
   * Returns a far time. A millisecond becomes a microsecond, counted from the year 0, so that ten
   * thousand years fit into ten and keep their order.
   */
  static long farNanos(Instant time) {
    return Math.max(0, time.toEpochMilli() - YEAR_0_MILLIS) * 1_000L;
  }

  static Instant ofFar(long nanos) {
    return Instant.ofEpochMilli(Math.floorDiv(nanos, 1_000L) + YEAR_0_MILLIS);
  }
}
