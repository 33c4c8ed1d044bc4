package org.linli.sims.load;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** When each event of a load is to leave. */
@FunctionalInterface
interface Pace {

  /** There is no further event. */
  long OVER = -1;

  /**
   * When an event is to leave, in nanoseconds since the load began, or {@link #OVER}.
   *
   * @param number of the event, counted from 0
   * @param now nanoseconds since the load began
   */
  long due(long number, long now);

  /** An open loop: by the plan and not by the answers. */
  static Pace steady(int perSecond, Duration length) {
    long second = TimeUnit.SECONDS.toNanos(1);
    long total = length.toNanos() / second * perSecond;
    return (number, now) -> number < total ? number * second / perSecond : OVER;
  }

  /** A closed loop: at once, so that only full connections hold the next one back. */
  static Pace asFastAsAnswered(Duration length) {
    return (number, now) -> now < length.toNanos() ? now : OVER;
  }
}
