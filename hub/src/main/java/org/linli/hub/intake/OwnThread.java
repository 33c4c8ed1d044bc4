package org.linli.hub.intake;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A thread from a start to its stop, whose pauses the stop ends. It is never interrupted, as it may
 * be within a store, of which some do not stand that.
 */
final class OwnThread {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final CountDownLatch ending = new CountDownLatch(1);
  private final Thread thread;

  /** For the thread itself only. */
  private Duration afterFailure = FIRST_PAUSE;

  private OwnThread(String name, Consumer<OwnThread> work) {
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(() -> work.accept(this));
  }

  static OwnThread start(String name, Consumer<OwnThread> work) {
    OwnThread started = new OwnThread(name, work);
    started.thread.start();
    return started;
  }

  /** Whether the work is to end now; asked by the work, often. */
  boolean isEnding() {
    return ending.getCount() == 0;
  }

  /** Called by the work: waits that long, or until it is to end. */
  void pause(Duration time) {
    try {
      ending.await(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts this thread", e);
    }
  }

  /**
   * Called by the work: waits 100 ms, and twice as long after each further failure, 10 s at most.
   */
  void pauseAfterFailure() {
    pause(afterFailure);
    Duration longer = afterFailure.multipliedBy(2);
    afterFailure = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
  }

  /** Called by the work: the next failure is the first again. */
  void succeeded() {
    afterFailure = FIRST_PAUSE;
  }

  /** Tells the work to end. */
  void end() {
    ending.countDown();
  }

  /** Waits until the work has ended. */
  void join() {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
