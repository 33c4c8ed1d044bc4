package org.linli.hub.history.questdb;

import io.questdb.cairo.TableToken;
import java.time.Instant;
import java.util.List;

/**
 * A range of a table in which rows are in the order of their own times: a whole table of near
 * times, or one period of a table of far times.
 *
 * @param period {@link #NEAR}, or as {@link Micros#periodOf}
 */
record TimeRange(int period) {

  private static final int NEAR = -1;

  /** Returns the spans of a table that have rows. */
  static List<TimeRange> of(boolean far, Engine engine, TableToken table) {
    return far
        ? engine.periods(table).stream().map(TimeRange::new).toList()
        : List.of(new TimeRange(NEAR));
  }

  boolean isBounded() {
    return period != NEAR;
  }

  long begin() {
    return Micros.beginOf(period);
  }

  long end() {
    return Micros.beginOf(period + 1);
  }

  /** Returns a time as the table stores it. */
  long micros(Instant time) {
    return isBounded() ? begin() + Micros.withinPeriod(time) : Micros.sortable(time);
  }
}
