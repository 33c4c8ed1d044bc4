package org.linli.sims.link;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The wait before the next try: up to 250 ms after the first failure, doubling up to 5 s, each time
 * a random value in the upper half, so that a thousand devices do not return at once. Simulators
 * have no Spring, whose back-off the gateway takes.
 */
final class BackOff {

  private static final long FIRST_MILLIS = 250;
  private static final long LAST_MILLIS = 5_000;

  private long most = FIRST_MILLIS;

  Duration next() {
    long wait = most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1);
    most = Math.min(LAST_MILLIS, 2 * most);
    return Duration.ofMillis(wait);
  }

  void succeeded() {
    most = FIRST_MILLIS;
  }
}
