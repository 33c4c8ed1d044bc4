package org.linli.hub.history.questdb;

import io.questdb.cairo.TableToken;
import java.time.Instant;
import java.util.List;

/**
 * A stretch of a table in which rows are in the order of their own times: all of a table of near
 * times, or a period of one of far times.
 *
 * @param period {@link #NEAR}, or as {@link Micros#periodOf}
 */
record Span(int period) {

  private static final int NEAR = -1;

  /** Those of a table in which there is something. */
  static List<Span> of(boolean far, Engine engine, TableToken table) {
    return far ? engine.periods(table).stream().map(Span::new).toList() : List.of(new Span(NEAR));
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

  /** A time as the table has it. */
  long micros(Instant time) {
    return isBounded() ? begin() + Micros.withinPeriod(time) : Micros.sortable(time);
  }
}
