package org.linli.edge.uplink;

import java.time.Duration;

/**
 * What the link to the hub carries, learnt from receipts: so that bulk under way never takes longer
 * than {@value #ALLOWED_MILLIS} ms and an urgent batch finds the link nearly free (delivery
 * contract, point 4). A faster link is believed at once, a slower one by a tenth each time.
 */
final class LinkRate {

  static final int ALLOWED_MILLIS = 250;

  private static final double DECAY = 0.9;
  private static final double BYTES_PER_EVENT_AT_FIRST = 64;
  private static final int EVENTS_AT_FIRST = 100;

  private double bytesPerSecond;
  private double bytesPerEvent = BYTES_PER_EVENT_AT_FIRST;

  /**
   * @param busy from the sending of the batch, or the receipt before it where that was later, to
   *     its own receipt
   */
  void receipted(int bytes, int events, Duration busy) {
    double sample = bytes / Math.max(busy.toNanos() / 1e9, 1e-6);
    bytesPerSecond = Math.max(sample, bytesPerSecond * DECAY + sample * (1 - DECAY));
    if (events > 0) {
      bytesPerEvent = (double) bytes / events;
    }
  }

  /** Whether this much more may be under way; always where nothing is. */
  boolean allows(int bytesUnderWay) {
    return bytesUnderWay == 0 || bytesUnderWay <= allowance() / 2;
  }

  /** How many events a bulk batch may have. */
  int batchEvents(int most) {
    if (bytesPerSecond == 0) {
      return Math.min(most, EVENTS_AT_FIRST);
    }
    return (int) Math.clamp(Math.round(allowance() / bytesPerEvent), 1, most);
  }

  private double allowance() {
    return bytesPerSecond * ALLOWED_MILLIS / 1000;
  }
}
