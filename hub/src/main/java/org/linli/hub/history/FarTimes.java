package org.linli.hub.history;

import java.time.Duration;
import org.linli.hub.intake.HubEvent;

/**
 * Which events happened, by their own time, so long before or after the hub received them that it
 * is another clock's fault. Stores keep their data by days or weeks, each of which costs files and
 * memory: what a gateway without a clock, or a hostile one, invents goes where any time fits into a
 * few. It is found by its own time as all others are.
 */
public final class FarTimes {

  /** More than an outbox keeps an event for the hub by default. */
  private static final long LONGEST_BEFORE_MILLIS = Duration.ofDays(40).toMillis();

  private static final long LONGEST_AFTER_MILLIS = Duration.ofDays(2).toMillis();

  /** How long a period of {@link #period} is. */
  private static final int DAYS_OF_PERIOD = 20;

  private FarTimes() {}

  /** Always the same for an event, however often it is given to a store. */
  public static boolean isFar(HubEvent event) {
    long ahead = event.taken().event().time().toEpochMilli() - event.receivedAt().toEpochMilli();
    return ahead < -LONGEST_BEFORE_MILLIS || ahead > LONGEST_AFTER_MILLIS;
  }

  /**
   * In which period of twenty days the hub received it, counted from 1970 on: its own time does not
   * tell how old it is.
   */
  public static long period(HubEvent event) {
    return Math.floorDiv(
        event.receivedAt().getEpochSecond(), Duration.ofDays(DAYS_OF_PERIOD).toSeconds());
  }
}
