package org.linli.hub.gateway;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.linli.hub.gateway.GatewayWork.Sort;

/** What waits of one sort of a gateway's messages, and when it may be its turn. */
final class WorkRank<M> {

  /**
   * How often a gateway may say something of itself, and how often it may report: each time costs a
   * look into the records or a commit, which all gateways share.
   */
  private static final int SAID_AT_ONCE = 5;

  private static final Duration SAID_EACH = Duration.ofSeconds(1);

  private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(10);

  final Deque<M> waiting = new ArrayDeque<>();

  /** How often it may be its turn; null for as often as there is something. */
  private final @Nullable TokenBucket rate;

  /** How often it was passed over for what comes before it. */
  int passedOver;

  private long pause = FIRST_PAUSE;

  /** Not before this, by {@link System#nanoTime}; of no meaning while not failing. */
  private long again;

  /** From a try that failed until one that does not. */
  boolean failing;

  WorkRank(Sort sort) {
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

  /** How long until it is due; as long as can be where nothing but a change makes it so. */
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

  /** What was tried could not be done: it is its turn again after a pause that grows. */
  void fails() {
    failing = true;
    again = System.nanoTime() + pause;
    pause = Math.min(2 * pause, LONGEST_PAUSE);
  }
}
