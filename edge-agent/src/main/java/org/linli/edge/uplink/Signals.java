package org.linli.edge.uplink;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What one connection's thread is woken by, in order. However many commits there are, at most one
 * of them waits here.
 */
final class Signals {

  private final BlockingQueue<Signal> waiting = new LinkedBlockingQueue<>();
  private final AtomicBoolean commitWaits = new AtomicBoolean();

  void add(Signal signal) {
    waiting.add(signal);
  }

  /** The outbox has more. Never blocks. */
  void committed() {
    if (commitWaits.compareAndSet(false, true)) {
      waiting.add(new Signal.Committed());
    }
  }

  /** The next signal, or null when there is none in this time. */
  @Nullable Signal poll(long nanos) throws InterruptedException {
    Signal signal = waiting.poll(nanos, TimeUnit.NANOSECONDS);
    if (signal instanceof Signal.Committed) {
      commitWaits.set(false);
    }
    return signal;
  }
}
