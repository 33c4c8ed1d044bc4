package org.linli.hub.history;

import java.time.Duration;
import java.time.Instant;
import org.linli.event.DeviceId;

/**
 * Which readings are wanted. What is out of range is an {@link IllegalArgumentException} that names
 * it.
 *
 * @param metric the name of the value
 * @param from the earliest time, included
 * @param to the end, not included; after {@code from}
 * @param points at most so many, 1 to {@value #MAX_POINTS}
 */
public record SeriesQuery(DeviceId device, String metric, Instant from, Instant to, int points) {

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

  /** How long the stretch of one point is: whole milliseconds, so that all of it is covered. */
  public Duration stretch() {
    long whole = Duration.between(from, to).toMillis();
    return Duration.ofMillis(Math.max(1, Math.ceilDiv(whole, points)));
  }

  /** When the stretch begins that a time lies in. */
  public Instant stretchOf(Instant time) {
    long whole = stretch().toMillis();
    return from.plusMillis(Math.floorDiv(Duration.between(from, time).toMillis(), whole) * whole);
  }
}
