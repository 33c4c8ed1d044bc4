package org.linli.hub.gateway.entrance;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Permits a number of actions at once, and after that one action per period. Safe for any thread.
 */
public final class TokenBucket {

  private final LongSupplier nanoTime;
  private final long each;
  private final long most;

  /** In nanoseconds; one action takes {@link #each}. */
  private long saved;

  private long at;

  public TokenBucket(int atOnce, Duration each, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.each = each.toNanos();
    this.most = atOnce * each.toNanos();
    this.saved = most;
    this.at = nanoTime.getAsLong();
  }

  /**
   * Counts one more action.
   *
   * @return false if it is not permitted now; it was not counted then
   */
  public synchronized boolean tryTake() {
    boolean may = nanosToNext() == 0;
    saved -= may ? each : 0;
    return may;
  }

  /** Returns the nanoseconds until the next action is permitted; 0 if it is permitted now. */
  synchronized long nanosToNext() {
    long now = nanoTime.getAsLong();
    saved = Math.min(most, saved + Math.max(0, now - at));
    at = now;
    return Math.max(0, each - saved);
  }
}
