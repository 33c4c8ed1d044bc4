package org.linli.edge.intake.mqtt;

import io.netty.util.concurrent.EventExecutor;
import java.util.Comparator;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets connections of one event loop read large packets in turn. A large packet takes long to read,
 * and the same loop sends everybody's acknowledgements. So it reads one at a time, and then leaves
 * three times that time to other work. The connection that has waited longest since its last turn
 * is next, so that a client with an occasional large packet does not queue behind those that send
 * nothing else.
 *
 * <p>Small packets do not wait. For one event loop.
 */
final class LargePackets {

  /** Size in bytes from which a packet is large. */
  static final int LARGE = 4 << 10;

  private static final int OTHERS = 3;

  /** Time still owed to other work when the next packet is read: fast reads need no timer. */
  private static final long CREDIT_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private final LongSupplier nanoTime;
  private final TreeSet<Turns> waiting =
      new TreeSet<>(
          // Nanosecond counts may be negative and overflow, so compare differences.
          Comparator.comparing(Turns::lastRead, (one, other) -> Long.signum(one - other))
              .thenComparingLong(Turns::number));
  private long numbers;
  private boolean timed;

  /** The connection whose turn it is. */
  private @Nullable Turns called;

  /** When no time is owed to other work any more. */
  private long paidAt;

  /**
   * @param nanoTime a monotonic clock
   */
  LargePackets(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.paidAt = nanoTime.getAsLong();
  }

  /** How many connections wait. */
  int waiting() {
    return waiting.size();
  }

  /**
   * @param goOn continues to read, when the connection's turn has come
   */
  Turns of(Runnable goOn) {
    return new Turns(goOn);
  }

  /** Nanoseconds of the monotonic clock. */
  long now() {
    return nanoTime.getAsLong();
  }

  private long owed() {
    return paidAt - nanoTime.getAsLong();
  }

  private void schedule(EventExecutor loop) {
    if (!timed) {
      timed = true;
      var _ =
          loop.schedule(() -> next(loop), Math.max(0, owed() - CREDIT_NANOS), TimeUnit.NANOSECONDS);
    }
  }

  private void next(EventExecutor loop) {
    timed = false;
    if (owed() > CREDIT_NANOS) {
      schedule(loop);
      return;
    }
    Turns first = waiting.pollFirst();
    try {
      if (first != null) {
        called = first;
        first.goOn.run();
      }
    } finally {
      // After any exception the others still get their turns.
      called = null;
      if (!waiting.isEmpty()) {
        schedule(loop);
      }
    }
  }

  /** The turns of one connection. */
  final class Turns {

    private final Runnable goOn;
    private final long number = numbers++;

    /** A new connection queues behind the waiting ones, so reconnecting gains nothing. */
    private long lastRead = nanoTime.getAsLong();

    private Turns(Runnable goOn) {
      this.goOn = goOn;
    }

    private long lastRead() {
      return lastRead;
    }

    private long number() {
      return number;
    }

    /**
     * Whether a large packet may be read now. If not, the connection queues, and {@code goOn} is
     * called at its turn.
     */
    boolean mayRead(EventExecutor loop) {
      if (called == this || waiting.isEmpty() && owed() <= CREDIT_NANOS) {
        called = null;
        return true;
      }
      if (waiting.add(this)) {
        schedule(loop);
      }
      return false;
    }

    /**
     * A large packet was read.
     *
     * @param began when reading began, by {@link #now}
     */
    void read(long began) {
      long now = nanoTime.getAsLong();
      lastRead = now;
      paidAt = (paidAt - now > 0 ? paidAt : now) + OTHERS * (now - began);
    }

    /** The connection no longer waits. */
    void leave() {
      waiting.remove(this);
    }
  }
}
