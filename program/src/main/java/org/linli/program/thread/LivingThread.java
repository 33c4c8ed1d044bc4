package org.linli.program.thread;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A thread from a start to its stop, which lives whatever its work throws: that is said, and after
 * a pause the work begins anew. The stop ends its pauses. Nobody interrupts it but by {@link
 * #interrupt}, as the work may be within a store, of which some do not stand that.
 */
public final class LivingThread {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final CountDownLatch ending = new CountDownLatch(1);

  /** Its pauses are at most this part of the silence that it is allowed. */
  private static final int SIGNS = 4;

  private final Guard guard;
  private final @Nullable Heartbeat heartbeat;
  private final Thread thread;

  /** For the thread itself only. */
  private Duration afterFailure = FIRST_PAUSE;

  /** What such a thread does. */
  @FunctionalInterface
  public interface Work {
    /**
     * Works until {@link LivingThread#isEnding}, or until there is nothing left to do.
     *
     * @throws InterruptedException after {@link LivingThread#interrupt}
     */
    void run(LivingThread thread) throws InterruptedException;
  }

  LivingThread(
      Guard guard,
      @Nullable Heartbeat heartbeat,
      Thread.Builder builder,
      Work work,
      Runnable afterwards) {
    this.guard = guard;
    this.heartbeat = heartbeat;
    this.thread =
        builder
            .name(guard.name())
            .unstarted(
                () -> {
                  // Not where it dies in another way: then it stays listed and gives no sign.
                  live(work);
                  if (heartbeat != null) {
                    heartbeat.close();
                  }
                  afterwards.run();
                });
  }

  private void live(Work work) {
    // Linked now, as there may be no memory for that later.
    OutOfMemory.endsTheProgram(null);
    boolean done = false;
    while (!done) {
      try {
        work.run(this);
        done = true;
      } catch (Throwable thrown) {
        OutOfMemory.endsTheProgram(thrown);
        done = thrown instanceof InterruptedException && isEnding();
        if (!done) {
          failedWhole(thrown);
          done = isEnding();
        }
      }
    }
  }

  private void failedWhole(Throwable thrown) {
    guard.failed(thrown);
    try {
      pauseAfterFailure();
    } catch (InterruptedException toldToEnd) {
      // Whether it is to end is asked next.
    }
  }

  LivingThread started() {
    thread.start();
    return this;
  }

  /** Whether the work is to end now; asked by the work, often. */
  public boolean isEnding() {
    return ending.getCount() == 0;
  }

  /** Called by the work: waits that long, or until it is to end. */
  public void pause(Duration time) throws InterruptedException {
    Heartbeat own = heartbeat;
    if (own == null) {
      boolean _ = ending.await(time.toNanos(), TimeUnit.NANOSECONDS);
      return;
    }
    long until = System.nanoTime() + time.toNanos();
    long piece = own.longestSilence().toNanos() / SIGNS;
    boolean ended = false;
    for (long left = time.toNanos(); left > 0 && !ended; left = until - System.nanoTime()) {
      own.beat();
      ended = ending.await(Math.min(left, piece), TimeUnit.NANOSECONDS);
    }
    own.beat();
  }

  /** Called by the work: a sign of life. Its pauses give theirs by themselves. */
  public void beat() {
    if (heartbeat != null) {
      heartbeat.beat();
    }
  }

  /** Why it is to be taken for dead, as a sentence for a person; null where it is not. */
  public @Nullable String silence() {
    return heartbeat == null ? null : heartbeat.problem();
  }

  /**
   * Called by the work: waits 100 ms, and twice as long after each further failure, 10 s at most.
   */
  public void pauseAfterFailure() throws InterruptedException {
    Duration pause = afterFailure;
    Duration longer = pause.multipliedBy(2);
    afterFailure = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
    pause(pause);
  }

  /**
   * Called by the work: says what was thrown, where it goes on by itself. Does not return where
   * that was memory that is used up.
   */
  public void failed(Throwable thrown) {
    guard.failed(thrown);
  }

  /** Called by the work: something was done, and the next failure is the first again. */
  public void succeeded() {
    afterFailure = FIRST_PAUSE;
    guard.succeeded();
  }

  /** Tells the work to end. */
  public void end() {
    ending.countDown();
  }

  /** Tells the work to end, also where it waits in a library for something that may not come. */
  public void interrupt() {
    end();
    thread.interrupt();
  }

  /** Waits until the work has ended; nothing shortens that. */
  public void join() {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Waits so long for the work to end.
   *
   * @return whether it has
   */
  public boolean join(Duration longest) {
    try {
      return thread.join(longest);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return !thread.isAlive();
    }
  }

  public boolean isAlive() {
    return thread.isAlive();
  }
}
