package org.linli.edge.uplink;

import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * Limits bulk to an average rate in bytes per second, for links that are paid for by the byte.
 * Urgent batches are never held back, but bulk waits for what they used. It outlives connections,
 * so that one that breaks often does not get a fresh budget each time. Times are {@link
 * System#nanoTime}'s. For one thread.
 */
final class RateCap {

  /**
   * Bytes of a batch beyond its own: MQTT's headers, topic and properties, its PUBACK, the receipt
   * and the PUBACK for that, each in a TCP/IPv4 packet with an acknowledgement.
   */
  static final int OVERHEAD_BYTES = 450;

  private static final long BURST_NANOS = 1_000_000_000L;

  private final double bytesPerNano;

  /** When the bytes sent until now are compensated; at most {@link #BURST_NANOS} before now. */
  private long openAt = Long.MIN_VALUE;

  /**
   * @param perSecond null for no limit
   */
  RateCap(@Nullable DataSize perSecond) {
    bytesPerNano = perSecond == null ? Double.POSITIVE_INFINITY : perSecond.toBytes() / 1e9;
  }

  /** Counts a batch of any lane. */
  void sent(int batch, long now) {
    long earliest = now - BURST_NANOS;
    long from = openAt == Long.MIN_VALUE || openAt - earliest < 0 ? earliest : openAt;
    openAt = from + (long) ((batch + OVERHEAD_BYTES) / bytesPerNano);
  }

  /** How long bulk still has to wait; 0 for not at all. */
  long waitNanos(long now) {
    return openAt == Long.MIN_VALUE ? 0 : Math.max(0, openAt - now);
  }
}
