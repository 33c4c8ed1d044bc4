package org.linli.program.thread;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A thread that lives from start to stop, whatever its work throws: the failure is logged, and
 * after a pause the work starts again. A stop ends the pause. Only {@link #interrupt} interrupts
 * the thread, because the work may be inside a store, and some stores do not survive an interrupt.
 */
public final class LivingThread {

  // Without random spread: no crowd of others fails at the same instant.
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final CountDownLatch ending = new CountDownLatch(1);

  /** A pause is split so that it beats this many times within the allowed silence. */
  private static final int SIGNS = 4;

  private final Guard guard;
  private final @Nullable Heartbeat heartbeat;
  private final Thread thread;

  /** For the thread itself only. */
  private Duration afterFailure = FIRST_PAUSE;

  /** The work of such a thread. */
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
                  // Not when it dies in another way: then it stays listed and gives no sign of
                  // life.
                  live(work);
                  if (heartbeat != null) {
                    heartbeat.close();
                  }
                  afterwards.run();
                });
  }

  private void live(Work work) {
    // Link this code now: later there may be no memory for it.
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
      // The caller checks next whether to end.
    }
  }

  LivingThread started() {
    thread.start();
    return this;
  }

  /** Whether the work must end now; the work checks it often. */
  public boolean isEnding() {
    return ending.getCount() == 0;
  }

  /** Called by the work: waits that long, or until it must end. */
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

  /** Called by the work: a sign of life. Pauses give their own. */
  public void beat() {
    if (heartbeat != null) {
      heartbeat.beat();
    }
  }

  /** Why it counts as dead, as a sentence for people; null when it does not. */
  public @Nullable String silence() {
    return heartbeat == null ? null : heartbeat.problem();
  }

  /**
   * Called by the work: waits 100 ms, and twice as long after each further failure, at most 10 s.
   */
  public void pauseAfterFailure() throws InterruptedException {
    Duration pause = afterFailure;
    Duration longer = pause.multipliedBy(2);
    afterFailure = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
    pause(pause);
  }

  /**
   * Called by work that continues by itself after a failure: logs what was thrown. Does not return
   * when memory is used up.
   */
  public void failed(Throwable thrown) {
    guard.failed(thrown);
  }

  /** Called by the work: something succeeded, and the next failure counts as the first again. */
  public void succeeded() {
    afterFailure = FIRST_PAUSE;
    guard.succeeded();
  }

  /** Tells the work to end. */
  public void end() {
    ending.countDown();
  }

  /** Tells the work to end, even if a library call blocks it. */
  public void interrupt() {
    end();
    thread.interrupt();
  }

  /** Waits until the work has ended, also when the caller is interrupted. */
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
   * Waits for the work to end, at most that long or until the caller is interrupted.
   *
   * @return whether it has ended
   */
  public boolean join(Duration longest) {
    try {
      return thread.join(longest);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return !thread.isAlive();
    }
  }

  /** Whether the work has not ended yet. */
  public boolean isAlive() {
    return thread.isAlive();
  }
}
