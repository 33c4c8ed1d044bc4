package org.linli.sims.fault;

import java.time.Duration;

/**
 * The impairments of a network path. Probabilities are from 0 to 1 and apply to each datagram, or
 * to each piece of a stream (what one read returned, 16 KB at most).
 *
 * @param delay before each is passed on
 * @param jitter the most additional delay, uniformly distributed; a stream stays in order
 * @param bytesPerSecond in each direction; 0 for no limit
 * @param loss a datagram is lost. A piece of a stream is not, because TCP sends it again: it
 *     arrives after 200 ms, doubled for each further loss (RFC 6298 has 1 s, Linux 200 ms)
 * @param duplicate a datagram arrives twice; ignored for a stream, where TCP hides it
 * @param reorder a datagram arrives after the next one; ignored for a stream
 * @param corrupt one bit is flipped; also in a stream, as a broken middlebox does behind TCP's
 *     checksums
 */
public record Impairment(
    Duration delay,
    Duration jitter,
    long bytesPerSecond,
    double loss,
    double duplicate,
    double reorder,
    double corrupt) {

  /** Everything passes at once and unchanged. */
  public static final Impairment NONE = new Impairment(Duration.ZERO, Duration.ZERO, 0, 0, 0, 0, 0);

  public Impairment {
    require(!delay.isNegative() && !jitter.isNegative(), "delay and jitter are not negative");
    require(bytesPerSecond >= 0, "bytesPerSecond is not negative");
    for (double probability : new double[] {loss, duplicate, reorder, corrupt}) {
      require(probability >= 0 && probability <= 1, "probabilities are from 0 to 1");
    }
  }

  public static Impairment slow(Duration delay, Duration jitter) {
    return new Impairment(delay, jitter, 0, 0, 0, 0, 0);
  }

  public static Impairment narrow(long bytesPerSecond) {
    return new Impairment(Duration.ZERO, Duration.ZERO, bytesPerSecond, 0, 0, 0, 0);
  }

  public static Impairment lossy(double loss) {
    return new Impairment(Duration.ZERO, Duration.ZERO, 0, loss, 0, 0, 0);
  }

  public static Impairment duplicating(double duplicate) {
    return new Impairment(Duration.ZERO, Duration.ZERO, 0, 0, duplicate, 0, 0);
  }

  public static Impairment reordering(double reorder) {
    return new Impairment(Duration.ZERO, Duration.ZERO, 0, 0, 0, reorder, 0);
  }

  public static Impairment corrupting(double corrupt) {
    return new Impairment(Duration.ZERO, Duration.ZERO, 0, 0, 0, 0, corrupt);
  }

  private static void require(boolean holds, String sentence) {
    if (!holds) {
      throw new IllegalArgumentException(sentence);
    }
  }
}
