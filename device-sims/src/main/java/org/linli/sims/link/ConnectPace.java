package org.linli.sims.link;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Turns for connecting, so far apart that thousands of devices do not come as one: neither when
 * they start nor when their gateway is back. For use by any number of threads.
 */
public final class ConnectPace {

  private final long nanosApart;
  private final AtomicLong next = new AtomicLong(System.nanoTime());

  private ConnectPace(long nanosApart) {
    this.nanosApart = nanosApart;
  }

  /** So many connections a second, at least 1. */
  public static ConnectPace perSecond(int connections) {
    return new ConnectPace(TimeUnit.SECONDS.toNanos(1) / connections);
  }

  /** Everybody at once. */
  public static ConnectPace unlimited() {
    return new ConnectPace(0);
  }

  /** Waits for a turn; turns that nobody took are not saved up. */
  void await() throws InterruptedException {
    long now = System.nanoTime();
    long turn = next.updateAndGet(last -> last - now > 0 ? last + nanosApart : now + nanosApart);
    TimeUnit.NANOSECONDS.sleep(turn - nanosApart - now);
  }
}
