package org.linli.hub.gateway.entrance;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The waiting messages of one sort of a gateway, and when they may have their turn. */
final class WorkRank<M> {

  /**
   * How many status messages, and how many reports, a gateway may send at once: each costs a read
   * of the records or a commit, which all gateways share.
   */
  private static final int SAID_AT_ONCE = 5;

  private static final Duration SAID_EACH = Duration.ofSeconds(1);

  private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(10);

  final Deque<M> waiting = new ArrayDeque<>();

  /** How often it may have its turn; null for no limit. */
  private final @Nullable TokenBucket rate;

  /** How often it was passed over for a higher rank. */
  int passedOver;

  private long pause = FIRST_PAUSE;

  /**
   * The earliest time of the next try, by {@link System#nanoTime}; meaningless while not failing.
   */
  private long again;

  /** True from a failed try until one that succeeds. */
  boolean failing;

  WorkRank(WorkSort sort) {
    rate = sort.lane() == null ? new TokenBucket(SAID_AT_ONCE, SAID_EACH, System::nanoTime) : null;
  }

  boolean isDue(long now) {
    return !waiting.isEmpty() && (!failing || now - again >= 0);
  }

  boolean mayBegin() {
    return rate == null || rate.nanosToNext() == 0;
  }

  void begins() {
    boolean _ = rate == null || rate.tryTake();
  }

  /**
   * Returns the nanoseconds until it is due; {@link Long#MAX_VALUE} if only a change can make it
   * so.
   */
  long nanosToDue(long now) {
    if (waiting.isEmpty()) {
      return Long.MAX_VALUE;
    }
    long left = failing ? again - now : 0;
    return Math.max(0, Math.max(left, rate == null ? 0 : rate.nanosToNext()));
  }

  void works() {
    failing = false;
    pause = FIRST_PAUSE;
  }

  /** Notes a failed try: the next turn comes after a pause that grows. */
  void fails() {
    failing = true;
    again = System.nanoTime() + pause;
    pause = Math.min(2 * pause, LONGEST_PAUSE);
  }
}
