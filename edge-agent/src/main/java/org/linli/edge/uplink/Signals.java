package org.linli.edge.uplink;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.linli.event.codec.GatewayRegistryCodec;

/**
 * The queue of signals for one connection's thread, in order. At most one signal of commits waits
 * here. Signals from the connection are limited in number and bytes: a hub never sends more without
 * an answer, so one that does ends the connection.
 */
final class Signals {

  static final int MOST_WAITING = 1_000;
  static final long MOST_BYTES = 2L * GatewayRegistryCodec.MAX_BYTES;

  private final BlockingQueue<HubSignal> waiting = new LinkedBlockingQueue<>();
  private final AtomicInteger heard = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicBoolean commitWaits = new AtomicBoolean();

  /** Adds a signal. Never blocks. */
  void add(HubSignal signal) {
    int number = heard.incrementAndGet();
    long all = bytes.addAndGet(size(signal));
    if (number < MOST_WAITING && all <= MOST_BYTES) {
      waiting.add(signal);
    } else if (number == MOST_WAITING
        || number < MOST_WAITING && all - size(signal) <= MOST_BYTES) {
      waiting.add(new HubSignal.Lost("it sent more at once than a hub does"));
    }
  }

  private static long size(HubSignal signal) {
    return signal instanceof HubSignal.RegistryReceived(byte[] message) ? message.length : 0;
  }

  /** The outbox has new rows. Never blocks. */
  void committed() {
    if (commitWaits.compareAndSet(false, true)) {
      waiting.add(new HubSignal.Committed());
    }
  }

  /** The next signal, or null if there is none within this time. */
  @Nullable HubSignal poll(long nanos) throws InterruptedException {
    HubSignal signal = waiting.poll(nanos, TimeUnit.NANOSECONDS);
    if (signal instanceof HubSignal.Committed) {
      commitWaits.set(false);
    } else if (signal != null) {
      heard.decrementAndGet();
      bytes.addAndGet(-size(signal));
    }
    return signal;
  }
}
