package org.linli.sims.hostile;

import java.util.concurrent.TimeUnit;

/** Measures how long something made no progress although work waited. Not thread-safe. */
final class Silence {

  private long lastProgress = Long.MIN_VALUE;
  private long since;
  private long longestNanos;
  private long currentNanos;

  /**
   * Records an observation.
   *
   * @param progress a count that grows while there is progress
   * @param waited whether work waits
   * @param nanos the time of the observation
   */
  void look(long progress, boolean waited, long nanos) {
    if (progress != lastProgress || !waited) {
      lastProgress = progress;
      since = nanos;
    }
    currentNanos = nanos - since;
    longestNanos = Math.max(longestNanos, currentNanos);
  }

  /** The current silence, up to the last observation, in seconds. */
  double current() {
    return seconds(currentNanos);
  }

  /** The longest silence, in seconds. */
  double longest() {
    return seconds(longestNanos);
  }

  private static double seconds(long nanos) {
    return nanos / (double) TimeUnit.SECONDS.toNanos(1);
  }
}
