package org.linli.sims.link;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Spaces connection attempts so that thousands of devices do not connect at once, neither at the
 * start nor when their gateway returns. Thread-safe.
 */
public final class ConnectPace {

  private final long nanosApart;
  private final AtomicLong next = new AtomicLong(System.nanoTime());

  private ConnectPace(long nanosApart) {
    this.nanosApart = nanosApart;
  }

  /** This many connections a second, at least 1. */
  public static ConnectPace perSecond(int connections) {
    return new ConnectPace(TimeUnit.SECONDS.toNanos(1) / connections);
  }

  /** No limit: all at once. */
  public static ConnectPace unlimited() {
    return new ConnectPace(0);
  }

  /** Waits for a turn; unused turns are not saved up. */
  void await() throws InterruptedException {
    long now = System.nanoTime();
    long turn = next.updateAndGet(last -> last - now > 0 ? last + nanosApart : now + nanosApart);
    TimeUnit.NANOSECONDS.sleep(turn - nanosApart - now);
  }
}
