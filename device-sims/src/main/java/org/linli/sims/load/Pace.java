package org.linli.sims.load;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** When each event of a load leaves. */
@FunctionalInterface
interface Pace {

  /** There is no further event. */
  long OVER = -1;

  /**
   * When an event leaves, in nanoseconds since the load began, or {@link #OVER}.
   *
   * @param number of the event, counted from 0
   * @param now nanoseconds since the load began
   */
  long due(long number, long now);

  /** An open loop: follows the plan, not the answers. */
  static Pace steady(int perSecond, Duration length) {
    long second = TimeUnit.SECONDS.toNanos(1);
    long total = length.toNanos() / second * perSecond;
    return (number, now) -> number < total ? number * second / perSecond : OVER;
  }

  /** A closed loop: no delay, so that only full connections hold the next event back. */
  static Pace asFastAsAnswered(Duration length) {
    return (number, now) -> now < length.toNanos() ? now : OVER;
  }
}
