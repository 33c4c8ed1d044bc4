package org.linli.hub.history;

import java.time.Duration;
import java.time.Instant;
import org.linli.hub.registry.DeviceKey;

/**
 * Selects readings. The constructor throws {@link IllegalArgumentException}, naming what is out of
 * range.
 *
 * @param metric the name of the value
 * @param from the earliest time, inclusive
 * @param to the end, exclusive; after {@code from}
 * @param points the most points, 1 to {@value #MAX_POINTS}
 */
public record SeriesQuery(DeviceKey device, String metric, Instant from, Instant to, int points) {

  public static final int MAX_POINTS = 10_000;

  public SeriesQuery {
    if (points < 1 || points > MAX_POINTS) {
      throw new IllegalArgumentException(
          "points is " + points + ", 1 to " + MAX_POINTS + " are allowed");
    }
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("from " + from + " is not before to " + to);
    }
    from = Instant.ofEpochMilli(from.toEpochMilli());
    to = Instant.ofEpochMilli(to.toEpochMilli());
  }

  /**
   * Returns the length of the stretch of one point, in whole milliseconds that together cover the
   * range.
   */
  public Duration stretch() {
    long whole = Duration.between(from, to).toMillis();
    return Duration.ofMillis(Math.max(1, Math.ceilDiv(whole, points)));
  }

  /** Returns the beginning of the stretch that contains a time. */
  public Instant stretchOf(Instant time) {
    long whole = stretch().toMillis();
    return from.plusMillis(Math.floorDiv(Duration.between(from, time).toMillis(), whole) * whole);
  }
}
