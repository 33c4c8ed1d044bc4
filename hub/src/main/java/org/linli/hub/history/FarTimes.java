package org.linli.hub.history;

import java.time.Duration;
import org.linli.hub.journal.HubEvent;

/**
 * Decides which events happened, by their own time, so long before or after the hub received them
 * that a clock must be wrong. Stores keep their data by days or weeks, each of which costs files
 * and memory. The times that a gateway without a clock, or a hostile one, invents therefore go
 * where any time fits into a few parts. Such an event is found by its own time like any other.
 */
public final class FarTimes {

  /** Longer than an outbox keeps an event for the hub by default. */
  private static final long LONGEST_BEFORE_MILLIS = Duration.ofDays(40).toMillis();

  private static final long LONGEST_AFTER_MILLIS = Duration.ofDays(2).toMillis();

  /** The length of a {@link #period}. */
  private static final int DAYS_OF_PERIOD = 20;

  private FarTimes() {}

  /**
   * Returns whether the event's time is far. The answer for an event never changes, however often
   * it is given to a store.
   */
  public static boolean isFar(HubEvent event) {
    long ahead = event.taken().event().time().toEpochMilli() - event.receivedAt().toEpochMilli();
    return ahead < -LONGEST_BEFORE_MILLIS || ahead > LONGEST_AFTER_MILLIS;
  }

  /**
   * Returns the period of twenty days, counted from 1970 on, in which the hub received the event:
   * its own time does not tell how old it is.
   */
  public static long period(HubEvent event) {
    return Math.floorDiv(
        event.receivedAt().getEpochSecond(), Duration.ofDays(DAYS_OF_PERIOD).toSeconds());
  }
}
