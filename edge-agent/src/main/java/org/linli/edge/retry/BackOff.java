package org.linli.edge.retry;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pauses between attempts: the first is doubled for every further one, up to the longest, and each
 * is taken at random from ±25 % around that, so that many gateways do not come back in one instant.
 */
public final class BackOff {

  private static final double SPREAD = 0.25;

  private final Duration first;
  private final Duration longest;
  private final RandomGenerator random;
  private Duration next;

  /**
   * @param first before the first further attempt
   * @param longest what the pause grows to
   */
  public BackOff(Duration first, Duration longest, RandomGenerator random) {
    this.first = first;
    this.longest = longest;
    this.random = random;
    this.next = first;
  }

  /** How long to wait now. */
  public Duration next() {
    Duration pause = next;
    Duration doubled = next.multipliedBy(2);
    next = doubled.compareTo(longest) > 0 ? longest : doubled;
    return around(pause);
  }

  /** After a success. */
  public void reset() {
    next = first;
  }

  private Duration around(Duration pause) {
    double factor = 1 - SPREAD + 2 * SPREAD * random.nextDouble();
    return Duration.ofNanos(Math.round(pause.toNanos() * factor));
  }
}
