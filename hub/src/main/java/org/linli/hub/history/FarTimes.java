package org.linli.hub.history;

import java.time.Duration;
import java.time.Instant;
import org.linli.hub.intake.HubEvent;

/**
 * Which events happened, by their own time, so long before or after the hub received them that it
 * is another clock's fault. Stores keep their data by days or weeks, each of which costs files and
 * memory: what a gateway without a clock, or a hostile one, invents goes where any time fits into a
 * few. It is found by its own time as all others are.
 */
public final class FarTimes {

  /** More than an outbox keeps an event for the hub by default. */
  private static final Duration LONGEST_BEFORE = Duration.ofDays(40);

  private static final Duration LONGEST_AFTER = Duration.ofDays(2);

  /** How long a period of {@link #period} is. */
  private static final int DAYS_OF_PERIOD = 20;

  private FarTimes() {}

  /** Always the same for an event, however often it is given to a store. */
  public static boolean isFar(HubEvent event) {
    Instant time = event.taken().event().time();
    return time.isBefore(event.receivedAt().minus(LONGEST_BEFORE))
        || time.isAfter(event.receivedAt().plus(LONGEST_AFTER));
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
