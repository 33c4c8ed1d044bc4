package org.linli.edge.intake.coap;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.eclipse.californium.elements.util.NamedThreadFactory;

/** The threads that read datagrams. It records how long each has been reading the current one. */
final class Readers extends ScheduledThreadPoolExecutor {

  private final Map<Thread, Long> busySince = new ConcurrentHashMap<>();

  Readers(int threads) {
    super(threads, new NamedThreadFactory("coap-"));
  }

  @Override
  protected void beforeExecute(Thread thread, Runnable task) {
    super.beforeExecute(thread, task);
    busySince.put(thread, System.nanoTime());
  }

  @Override
  protected void afterExecute(Runnable task, Throwable thrown) {
    busySince.remove(Thread.currentThread());
    super.afterExecute(task, thrown);
  }

  /** Whether one of them has been reading the same datagram for longer than that. */
  boolean isOneBusyFor(Duration time) {
    long now = System.nanoTime();
    return busySince.values().stream().anyMatch(since -> now - since > time.toNanos());
  }
}
