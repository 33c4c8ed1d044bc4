package org.linli.sims.fault;

import java.time.Duration;

/**
 * What a line does to what it carries. Probabilities are from 0 to 1 and count for each datagram,
 * or for each piece of a stream (what one read brought, 16 KB at most).
 *
 * @param delay before each is passed on
 * @param jitter at most so much more, evenly spread; a stream stays in order all the same
 * @param bytesPerSecond in each direction; 0 for no limit
 * @param loss a datagram is gone. A piece of a stream is not, as TCP sends it again: it comes after
 *     200 ms, doubling for each further loss (RFC 6298 has 1 s, Linux 200 ms)
 * @param duplicate a datagram comes twice; no meaning for a stream, where TCP hides it
 * @param reorder a datagram comes after the one behind it; no meaning for a stream
 * @param corrupt one bit is flipped; for a stream too, as a broken middle box does behind the
 *     checksums of TCP
 */
public record Weather(
    Duration delay,
    Duration jitter,
    long bytesPerSecond,
    double loss,
    double duplicate,
    double reorder,
    double corrupt) {

  /** Everything passes at once and as it is. */
  public static final Weather CLEAR = new Weather(Duration.ZERO, Duration.ZERO, 0, 0, 0, 0, 0);

  public Weather {
    require(!delay.isNegative() && !jitter.isNegative(), "delay and jitter are not negative");
    require(bytesPerSecond >= 0, "bytesPerSecond is not negative");
    for (double probability : new double[] {loss, duplicate, reorder, corrupt}) {
      require(probability >= 0 && probability <= 1, "probabilities are from 0 to 1");
    }
  }

  public static Weather slow(Duration delay, Duration jitter) {
    return new Weather(delay, jitter, 0, 0, 0, 0, 0);
  }

  public static Weather narrow(long bytesPerSecond) {
    return new Weather(Duration.ZERO, Duration.ZERO, bytesPerSecond, 0, 0, 0, 0);
  }

  public static Weather lossy(double loss) {
    return new Weather(Duration.ZERO, Duration.ZERO, 0, loss, 0, 0, 0);
  }

  public static Weather duplicating(double duplicate) {
    return new Weather(Duration.ZERO, Duration.ZERO, 0, 0, duplicate, 0, 0);
  }

  public static Weather reordering(double reorder) {
    return new Weather(Duration.ZERO, Duration.ZERO, 0, 0, 0, reorder, 0);
  }

  public static Weather corrupting(double corrupt) {
    return new Weather(Duration.ZERO, Duration.ZERO, 0, 0, 0, 0, corrupt);
  }

  private static void require(boolean holds, String sentence) {
    if (!holds) {
      throw new IllegalArgumentException(sentence);
    }
  }
}
