package org.linli.sims.hostile;

import java.util.concurrent.TimeUnit;

/** For how long something did not go on although it was to. Not for use by several threads. */
final class Silence {

  private long lastProgress = Long.MIN_VALUE;
  private long since;
  private long longestNanos;
  private long currentNanos;

  /**
   * Takes a look down.
   *
   * @param progress a count that grows while it goes on
   * @param waited whether anything waits for it to grow
   * @param nanos the time of the look
   */
  void look(long progress, boolean waited, long nanos) {
    if (progress != lastProgress || !waited) {
      lastProgress = progress;
      since = nanos;
    }
    currentNanos = nanos - since;
    longestNanos = Math.max(longestNanos, currentNanos);
  }

  /** Seconds up to the last look. */
  double current() {
    return seconds(currentNanos);
  }

  /** In seconds. */
  double longest() {
    return seconds(longestNanos);
  }

  private static double seconds(long nanos) {
    return nanos / (double) TimeUnit.SECONDS.toNanos(1);
  }
}
