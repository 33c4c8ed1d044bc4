package org.linli.edge.uplink;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.linli.event.GatewayRegistryCodec;

/**
 * What one connection's thread is woken by, in order. However many commits there are, at most one
 * of them waits here. Of what comes over the connection so many wait, and so many bytes: a hub
 * never says more without hearing an answer, so that who does so ends the connection.
 */
final class Signals {

  static final int MOST_WAITING = 1_000;
  static final long MOST_BYTES = 2L * GatewayRegistryCodec.MAX_BYTES;

  private final BlockingQueue<Signal> waiting = new LinkedBlockingQueue<>();
  private final AtomicInteger heard = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicBoolean commitWaits = new AtomicBoolean();

  /** Never blocks. */
  void add(Signal signal) {
    int number = heard.incrementAndGet();
    long all = bytes.addAndGet(size(signal));
    if (number < MOST_WAITING && all <= MOST_BYTES) {
      waiting.add(signal);
    } else if (number == MOST_WAITING
        || number < MOST_WAITING && all - size(signal) <= MOST_BYTES) {
      waiting.add(new Signal.Lost("it sent more at once than a hub does"));
    }
  }

  private static long size(Signal signal) {
    return signal instanceof Signal.Told(byte[] told) ? told.length : 0;
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
    } else if (signal != null) {
      heard.decrementAndGet();
      bytes.addAndGet(-size(signal));
    }
    return signal;
  }
}
