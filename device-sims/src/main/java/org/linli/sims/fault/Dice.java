package org.linli.sims.fault;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Random decisions from a seed. Thread-safe, but with several threads not repeatable. */
final class Dice {

  private static final long RETRANSMISSION_MILLIS = 200;
  private static final int MOST_LOSSES = 4;

  private final Random random;

  Dice(long seed) {
    this.random = new Random(seed);
  }

  boolean happens(double probability) {
    return probability > 0 && random.nextDouble() < probability;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /** When to pass on something that arrived now, in nanoseconds from now. */
  long nanosOf(Impairment impairment) {
    Duration jitter = impairment.jitter();
    return impairment.delay().toNanos()
        + (jitter.isZero() ? 0 : random.nextLong(jitter.toNanos() + 1));
  }

  /** The delay that TCP retransmission causes at this loss, in nanoseconds. */
  long nanosOfRetransmission(double loss) {
    long millis = 0;
    for (int i = 0; i < MOST_LOSSES && happens(loss); i++) {
      millis += RETRANSMISSION_MILLIS << i;
    }
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }

  /** Flips one bit from an offset on. */
  void flipBit(byte[] bytes, int from) {
    if (from < bytes.length) {
      int at = from + random.nextInt(bytes.length - from);
      bytes[at] ^= (byte) (1 << random.nextInt(8));
    }
  }
}
