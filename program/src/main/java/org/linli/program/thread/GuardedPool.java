package org.linli.program.thread;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A pool whose threads exist only while there is work. */
final class GuardedPool extends ThreadPoolExecutor {

  private final Guard guard;

  GuardedPool(Guard guard, int most, int mostWaiting) {
    super(
        most,
        most,
        1,
        TimeUnit.SECONDS,
        new ArrayBlockingQueue<>(mostWaiting),
        Thread.ofPlatform().daemon().name(guard.name()).factory());
    this.guard = guard;
    allowCoreThreadTimeOut(true);
  }

  @Override
  public void execute(Runnable piece) {
    super.execute(() -> guard.run(piece));
  }

  @Override
  protected void afterExecute(Runnable piece, @Nullable Throwable thrown) {
    super.afterExecute(piece, thrown);
    if (thrown != null) {
      guard.failed(thrown);
    }
  }
}
