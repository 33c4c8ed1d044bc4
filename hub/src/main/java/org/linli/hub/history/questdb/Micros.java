package org.linli.hub.history.questdb;

import io.questdb.std.Numbers;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** QuestDB's timestamps: microseconds since 1970, and none before it in a table's own time. */
final class Micros {

  /** The last microsecond of the year 9999. */
  private static final long LAST = 253_402_300_799_999_999L;

  private static final long YEAR_0_MILLIS = Instant.parse("0000-01-01T00:00:00Z").toEpochMilli();
  private static final long FAR_LAST = LAST / 1000 - YEAR_0_MILLIS;

  private Micros() {}

  static long of(Instant time) {
    return Math.multiplyExact(time.toEpochMilli(), 1000L);
  }

  static long ofNullable(@Nullable Instant time) {
    return time == null ? Numbers.LONG_NULL : of(time);
  }

  /**
   * A time that a table can be sorted by. What lies before 1970, where only a gateway without any
   * clock can be, is kept at its beginning.
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
   * A time in a table of far times: a millisecond there is a microsecond here, counted from the
   * year 0, so that ten thousand years lie within ten, and keep their order.
   */
  static long far(Instant time) {
    return Math.clamp(time.toEpochMilli() - YEAR_0_MILLIS, 0, FAR_LAST);
  }

  static Instant ofFar(long micros) {
    return Instant.ofEpochMilli(micros + YEAR_0_MILLIS);
  }
}
