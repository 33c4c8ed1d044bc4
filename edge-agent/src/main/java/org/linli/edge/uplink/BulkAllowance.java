package org.linli.edge.uplink;

/**
 * How much bulk may be without receipt: what the link carries in {@value #ALLOWED_MILLIS} ms beyond
 * what is on its way in any case, so that an urgent batch finds it nearly free (delivery contract,
 * point 4). As in LEDBAT (RFC 6817) it goes by how much longer a receipt takes than the quickest:
 * that is time spent in somebody's queue, and not the way itself, which may be long over a
 * satellite or a mobile network.
 *
 * <p>Nearly doubles with every round trip while little time is spent waiting, less the more of it
 * is; is cut to what the link turned out to carry as soon as it is more than that. Times are {@link
 * System#nanoTime}'s; for one thread.
 */
final class BulkAllowance {

  static final int ALLOWED_MILLIS = 250;

  /** Less than allowed, as batches end where rows do and a receipt tells of some time ago. */
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
   * Learns from a receipt.
   *
   * @param batch bytes that it stands for
   * @param events in them
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

  /** Whether nothing of ours can have been in a queue before it: a way may become longer. */
  private boolean isTheWayItself(int batch, int underWay) {
    return underWay <= batch && bytes <= BYTES_AT_FIRST;
  }

  /** Once for everything that was already under way. */
  private void cut(double carried, long sentAt, long now) {
    if (cutAt == Long.MIN_VALUE || sentAt - cutAt >= 0) {
      bytes = Math.clamp(carried, BYTES_AT_FIRST, bytes);
      cutAt = now;
    }
  }

  /** Whether another batch may be sent while this much is under way; always where nothing is. */
  boolean allows(int underWay) {
    boolean allowed = underWay == 0 || underWay <= bytes - batch();
    used |= !allowed;
    return allowed;
  }

  /** What the link carries in half of the time: a batch itself is what an urgent one waits for. */
  private double batch() {
    return quickest == Long.MAX_VALUE
        ? bytes / 2
        : bytes * (AIM_NANOS / 2.0) / (quickest + AIM_NANOS);
  }

  /** How many events the next batch may have. */
  int batchEvents(int most) {
    long events = Math.max(1, Math.round(batch() / bytesPerEvent));
    used |= events < most;
    return (int) Math.min(events, most);
  }
}
