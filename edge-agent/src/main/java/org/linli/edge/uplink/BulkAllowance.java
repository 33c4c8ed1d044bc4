package org.linli.edge.uplink;

/**
 * Limits how many bytes of bulk may be sent without receipt: what the link carries in {@value
 * #ALLOWED_MILLIS} ms beyond what is in transit in any case, so that an urgent batch finds the link
 * nearly free (delivery contract, point 4). As in LEDBAT (RFC 6817), the measure is how much longer
 * a receipt takes than the quickest one. That is queueing delay, and not the path's own delay,
 * which may be long over a satellite or a mobile network.
 *
 * <p>The allowance nearly doubles with every round trip while there is little queueing delay, and
 * grows less with more delay. When the delay is too long, it is cut to what the link has carried.
 * Times are {@link System#nanoTime}'s. For one thread.
 */
final class BulkAllowance {

  static final int ALLOWED_MILLIS = 250;

  /**
   * Less than allowed, because batches end at row boundaries and a receipt shows the state of some
   * time ago.
   */
  private static final long AIM_NANOS = ALLOWED_MILLIS * 600_000L;

  private static final int BYTES_AT_FIRST = 1_000;
  private static final int MOST_BYTES = 4_000_000;
  private static final double BYTES_PER_EVENT_AT_FIRST = 64;

  private double bytes = BYTES_AT_FIRST;
  private double bytesPerEvent = BYTES_PER_EVENT_AT_FIRST;
  private long quickest = Long.MAX_VALUE;
  private long cutAt = Long.MIN_VALUE;
  private boolean used;

  /**
   * Adjusts the allowance after a receipt.
   *
   * @param batch bytes that were receipted
   * @param events their number of events
   * @param underWay bytes without receipt when the newest of them was sent, itself included
   * @param sentAt when that was
   */
  void receipted(int batch, int events, int underWay, long sentAt, long now) {
    long took = now - sentAt;
    quickest = isTheWayItself(batch, underWay) ? took : Math.min(quickest, took);
    if (events > 0) {
      bytesPerEvent = (double) batch / events;
    }
    long waited = took - quickest;
    if (waited > AIM_NANOS) {
      cut(underWay * (double) (quickest + AIM_NANOS) / took, sentAt, now);
    } else if (used) {
      double room = 1 - (double) waited / AIM_NANOS;
      bytes = Math.min(MOST_BYTES, bytes + batch * room);
    }
    used = false;
  }

  /**
   * Whether no bulk can have been queued before it, so that the path's delay can be measured anew;
   * it may become longer.
   */
  private boolean isTheWayItself(int batch, int underWay) {
    return underWay <= batch && bytes <= BYTES_AT_FIRST;
  }

  /** Cuts the allowance once for everything that was already in transit. */
  private void cut(double carried, long sentAt, long now) {
    if (cutAt == Long.MIN_VALUE || sentAt - cutAt >= 0) {
      bytes = Math.clamp(carried, BYTES_AT_FIRST, bytes);
      cutAt = now;
    }
  }

  /**
   * Whether another batch may be sent while {@code underWay} bytes are in transit; always true for
   * none.
   */
  boolean allows(int underWay) {
    boolean allowed = underWay == 0 || underWay <= bytes - batch();
    used |= !allowed;
    return allowed;
  }

  /**
   * What the link carries in half of the time, because an urgent batch waits for a whole bulk
   * batch.
   */
  private double batch() {
    return quickest == Long.MAX_VALUE
        ? bytes / 2
        : bytes * (AIM_NANOS / 2.0) / (quickest + AIM_NANOS);
  }

  /** Limit of events in the next batch. */
  int batchEvents(int most) {
    long events = Math.max(1, Math.round(batch() / bytesPerEvent));
    used |= events < most;
    return (int) Math.min(events, most);
  }
}
