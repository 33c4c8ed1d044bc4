package org.linli.edge.uplink;

import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * Keeps bulk to so many bytes a second on average, for links that are paid for by the byte. Urgent
 * batches are never held back, but bulk waits for what they used. It outlives connections, so that
 * one that breaks often is not paid for twice. Times are {@link System#nanoTime}'s; for one thread.
 */
final class RateCap {

  /**
   * What a batch costs beyond its own bytes: MQTT's headers, topic and properties, its PUBACK, the
   * receipt and the PUBACK for that, each in a TCP/IPv4 packet with one of acknowledgement.
   */
  static final int OVERHEAD_BYTES = 450;

  private static final long BURST_NANOS = 1_000_000_000L;

  private final double bytesPerNano;

  /** When what was sent until now is made up for; at most {@link #BURST_NANOS} before now. */
  private long openAt = Long.MIN_VALUE;

  /**
   * @param perSecond null for no cap
   */
  RateCap(@Nullable DataSize perSecond) {
    bytesPerNano = perSecond == null ? Double.POSITIVE_INFINITY : perSecond.toBytes() / 1e9;
  }

  /** A batch of any lane goes out. */
  void sent(int batch, long now) {
    long earliest = now - BURST_NANOS;
    long from = openAt == Long.MIN_VALUE || openAt - earliest < 0 ? earliest : openAt;
    openAt = from + (long) ((batch + OVERHEAD_BYTES) / bytesPerNano);
  }

  /** How long bulk has to wait yet, 0 for not at all. */
  long waitNanos(long now) {
    return openAt == Long.MIN_VALUE ? 0 : Math.max(0, openAt - now);
  }
}
