package org.linli.hub.gateway;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Lets something happen so many times at once, and after that once in a time. Safe for any thread.
 */
final class TokenBucket {

  private final LongSupplier nanoTime;
  private final long each;
  private final long most;

  /** In nanoseconds, of which one time takes {@link #each}. */
  private long saved;

  private long at;

  TokenBucket(int atOnce, Duration each, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.each = each.toNanos();
    this.most = atOnce * each.toNanos();
    this.saved = most;
    this.at = nanoTime.getAsLong();
  }

  /**
   * Counts one more.
   *
   * @return false where it may not happen now, and was not counted
   */
  synchronized boolean tryTake() {
    boolean may = nanosToNext() == 0;
    saved -= may ? each : 0;
    return may;
  }

  /** How long until it may happen again; 0 where it may now. */
  synchronized long nanosToNext() {
    long now = nanoTime.getAsLong();
    saved = Math.min(most, saved + Math.max(0, now - at));
    at = now;
    return Math.max(0, each - saved);
  }
}
