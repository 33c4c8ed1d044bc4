package org.linli.hub.history.questdb;

import io.questdb.std.Numbers;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** QuestDB's timestamps: microseconds since 1970, never before it in a table's own time. */
final class Micros {

  /** The last microsecond of the year 9999. */
  private static final long LAST = 253_402_300_799_999_999L;

  private static final long YEAR_0_MILLIS = Instant.parse("0000-01-01T00:00:00Z").toEpochMilli();
  private static final long FAR_LAST = LAST / 1000 - YEAR_0_MILLIS;

  /** Ten thousand years of milliseconds are ten years of microseconds, and some hours. */
  private static final int YEARS_OF_PERIOD = 11;

  /** How many periods fit before the year 9999; 0 is that of rows of an earlier version. */
  private static final int PERIODS = 728;

  private static final long MICROS_OF_DAY = 86_400_000_000L;

  private Micros() {}

  static long of(Instant time) {
    return Math.multiplyExact(time.toEpochMilli(), 1000L);
  }

  static long ofNullable(@Nullable Instant time) {
    return time == null ? Numbers.LONG_NULL : of(time);
  }

  /**
   * Returns a time by which a table can be sorted. A time before 1970, possible only at a gateway
   * without any clock, becomes the beginning of 1970.
   */
  static long sortable(Instant time) {
    return Math.clamp(of(time), 0, LAST - 999);
  }

  static Instant toInstant(long micros) {
    return Instant.ofEpochMilli(Math.floorDiv(micros, 1000L));
  }

  static @Nullable Instant toNullable(long micros) {
    return micros == Numbers.LONG_NULL ? null : toInstant(micros);
  }

  /**
   * Returns a time for a table of far times. A millisecond becomes a microsecond there, counted
   * from the year 0, so that ten thousand years fit into ten and keep their order. Each period in
   * which events were received has eleven years of its own, which are used again after 40 years.
   *
   * @param period as {@link org.linli.hub.history.FarTimes#period}
   */
  static long far(Instant time, long period) {
    return beginOf(1 + Math.toIntExact(Math.floorMod(period, PERIODS))) + withinPeriod(time);
  }

  /**
   * Returns the offset within the period; every offset is before the beginning of the next period.
   */
  static long withinPeriod(Instant time) {
    return Math.clamp(time.toEpochMilli() - YEAR_0_MILLIS, 0, FAR_LAST);
  }

  static Instant ofFar(long micros) {
    return Instant.ofEpochMilli(micros - beginOf(periodOf(micros)) + YEAR_0_MILLIS);
  }

  /** Returns the period of a time in such a table, from 0. */
  static int periodOf(long micros) {
    return (yearOf(micros) - 1970) / YEARS_OF_PERIOD;
  }

  static long beginOf(int period) {
    return LocalDate.of(1970 + period * YEARS_OF_PERIOD, 1, 1).toEpochDay() * MICROS_OF_DAY;
  }

  /** Returns the day, counted from 1970; the times of one day are in one {@link #part}. */
  static long day(long micros) {
    return Math.floorDiv(micros, MICROS_OF_DAY);
  }

  /** Returns the name of the part of a table that contains a time. */
  static String part(long micros, boolean far) {
    return far ? Integer.toString(yearOf(micros)) : LocalDate.ofEpochDay(day(micros)).toString();
  }

  private static int yearOf(long micros) {
    return LocalDate.ofEpochDay(day(micros)).getYear();
  }
}
