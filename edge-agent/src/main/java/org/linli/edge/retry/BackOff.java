package org.linli.edge.retry;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential back-off: the pause doubles with each attempt, up to the longest, and each varies by
 * ±25 % at random, so that many gateways do not come back in one instant. For one thread.
 */
public final class BackOff {

  private static final double SPREAD = 0.25;

  private final Duration first;
  private final Duration longest;
  private final RandomGenerator random;
  private Duration next;

  /**
   * @param first pause before the first retry
   * @param longest longest pause
   */
  public BackOff(Duration first, Duration longest, RandomGenerator random) {
    this.first = first;
    this.longest = longest;
    this.random = random;
    this.next = first;
  }

  /** The pause before the next attempt. */
  public Duration next() {
    Duration pause = next;
    Duration doubled = next.multipliedBy(2);
    next = doubled.compareTo(longest) > 0 ? longest : doubled;
    return around(pause);
  }

  /** Starts again from the first pause, after a success. */
  public void reset() {
    next = first;
  }

  private Duration around(Duration pause) {
    double factor = 1 - SPREAD + 2 * SPREAD * random.nextDouble();
    return Duration.ofNanos(Math.round(pause.toNanos() * factor));
  }
}
