package org.linli.sims.day;

import java.util.List;
import java.util.Random;

/**
 * How busy each hour of the day is, relative to an average hour; values between the hours are
 * interpolated linearly.
 */
record Rhythm(List<Double> byHour) {

  static final long HOUR = 3_600_000;
  static final long DAY = 24 * HOUR;

  /** People through doors, in elevator cars and past cameras. */
  static final Rhythm PEOPLE =
      new Rhythm(
          List.of(
              0.10, 0.05, 0.04, 0.04, 0.08, 0.40, 1.30, 2.60, 2.10, 1.00, 0.80, 1.10, 1.60, 1.10,
              0.80, 0.80, 1.30, 2.00, 2.40, 1.90, 1.30, 0.80, 0.45, 0.23));

  /** The share of people who go out rather than come in, at each hour. */
  static final Rhythm OUTWARD =
      new Rhythm(
          List.of(
              0.30, 0.30, 0.35, 0.50, 0.80, 0.88, 0.90, 0.90, 0.85, 0.65, 0.50, 0.40, 0.45, 0.65,
              0.50, 0.45, 0.30, 0.20, 0.22, 0.45, 0.35, 0.20, 0.20, 0.25));

  /** The share of parking bays that are occupied. */
  static final Rhythm PARKED =
      new Rhythm(
          List.of(
              0.96, 0.97, 0.97, 0.97, 0.96, 0.94, 0.88, 0.66, 0.42, 0.36, 0.35, 0.38, 0.48, 0.45,
              0.38, 0.36, 0.42, 0.55, 0.72, 0.82, 0.88, 0.92, 0.94, 0.95));

  Rhythm {
    byHour = List.copyOf(byHour);
    if (byHour.size() != 24) {
      throw new IllegalArgumentException("a day has 24 hours, not " + byHour.size());
    }
  }

  /** The value at a time of day, in milliseconds since midnight. */
  double at(long sinceMidnight) {
    long inDay = Math.floorMod(sinceMidnight, DAY);
    int hour = (int) (inDay / HOUR);
    double into = (inDay % HOUR) / (double) HOUR;
    return byHour.get(hour) * (1 - into) + byHour.get((hour + 1) % 24) * into;
  }

  /**
   * The time until the next of {@code perDay} random events, which are more frequent at busy hours:
   * a thinned Poisson process.
   */
  long wait(Random chance, long sinceMidnight, double perDay) {
    double busiest = byHour.stream().mapToDouble(Double::doubleValue).max().orElse(1);
    double mean = DAY / (perDay * busiest);
    double waited = 0;
    do {
      waited -= mean * Math.log(1 - chance.nextDouble());
    } while (chance.nextDouble() * busiest > at(sinceMidnight + (long) waited));
    return Math.max(1, (long) waited);
  }
}
