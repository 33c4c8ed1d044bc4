package org.linli.edge.intake.mqtt;

import io.netty.util.concurrent.EventExecutor;
import java.util.Comparator;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Large packets of one event loop have their turns. What takes long to read is large, and the loop
 * that reads it acknowledges for everybody: so it reads one at a time, and after each it is there
 * for others three times as long as that took. Whoever had no turn for the longest is next, so that
 * a client that sends something large now and then is not behind those that send nothing else.
 *
 * <p>Small packets wait for nothing. For one event loop.
 */
final class LargePackets {

  /** From so many bytes on a packet is large. */
  static final int LARGE = 4 << 10;

  private static final int OTHERS = 3;

  /** So much may be owed to others when one is read: what is read in no time needs no timer. */
  private static final long CREDIT_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private final LongSupplier nanoTime;
  private final TreeSet<Turns> waiting =
      new TreeSet<>(
          // Nanoseconds count from anywhere, also from below zero and over the end.
          Comparator.comparing(Turns::lastRead, (one, other) -> Long.signum(one - other))
              .thenComparingLong(Turns::number));
  private long numbers;
  private boolean timed;

  /** Whose turn it is. */
  private @Nullable Turns called;

  /** When everything that is owed to others is paid. */
  private long paidAt;

  /**
   * @param nanoTime goes on evenly, whatever the clock does
   */
  LargePackets(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.paidAt = nanoTime.getAsLong();
  }

  /** How many wait. */
  int waiting() {
    return waiting.size();
  }

  /**
   * @param goOn reads on, once the turn of what waits has come
   */
  Turns of(Runnable goOn) {
    return new Turns(goOn);
  }

  /** Nanoseconds since some time. */
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
      // Whatever it throws, the others have their turns.
      called = null;
      if (!waiting.isEmpty()) {
        schedule(loop);
      }
    }
  }

  /** Those of one connection. */
  final class Turns {

    private final Runnable goOn;
    private final long number = numbers++;

    /** Who comes stands behind those that wait: coming again and again gives nobody more turns. */
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

    /** Whether a large packet may be read now; where not, it waits, and is told to go on. */
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
     * @param began by the same time
     */
    void read(long began) {
      long now = nanoTime.getAsLong();
      lastRead = now;
      paidAt = (paidAt - now > 0 ? paidAt : now) + OTHERS * (now - began);
    }

    /** Nothing waits any more. */
    void leave() {
      waiting.remove(this);
    }
  }
}
