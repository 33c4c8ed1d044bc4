package org.linli.program.retry;

import java.time.Duration;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Pauses between attempts, by Spring's {@link ExponentialBackOff}. Each is drawn at random from a
 * range that is at least a third as wide as the pause is long, so that many gateways do not come
 * back in one instant. For one thread.
 */
public final class BackOff {

  private final ExponentialBackOff pauses;
  private BackOffExecution attempts;

  private BackOff(long first, long longest, long jitter) {
    pauses = new ExponentialBackOff();
    pauses.setMultiplier(2);
    pauses.setInitialInterval(first);
    pauses.setMaxInterval(longest);
    // Spring's jitter is that of the first pause, and grows with the pauses.
    pauses.setJitter(Math.max(1, jitter));
    attempts = pauses.start();
  }

  /**
   * Pauses that double from the first to the longest. Each varies by half of itself, but none is
   * below the first or above the longest. If the longest is not even twice the first, every pause
   * is around the longest.
   */
  public static BackOff doubling(Duration first, Duration longest) {
    long initial = Math.max(1, first.toMillis());
    long most = longest.toMillis();
    return most < 2 * initial ? around(longest) : new BackOff(initial, most, initial / 2);
  }

  /** Pauses of one length ±25 %. Without room on both sides, Spring's would not vary. */
  public static BackOff around(Duration pause) {
    long quarter = Math.max(1, pause.toMillis() / 4);
    return new BackOff(3 * quarter, 5 * quarter, 2 * quarter);
  }

  /** The pause before the next attempt. */
  public Duration next() {
    return Duration.ofMillis(attempts.nextBackOff());
  }

  /** Starts again from the first pause, after a success. */
  public void reset() {
    attempts = pauses.start();
  }
}
