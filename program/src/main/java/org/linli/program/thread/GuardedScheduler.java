package org.linli.program.thread;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/** One thread for work to run now or later. After its shutdown, work that is not due is dropped. */
final class GuardedScheduler extends ScheduledThreadPoolExecutor {

  private final Guard guard;

  GuardedScheduler(Guard guard) {
    super(1, Thread.ofPlatform().daemon().name(guard.name()).factory());
    this.guard = guard;
    setRemoveOnCancelPolicy(true);
    setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  protected void afterExecute(Runnable piece, @Nullable Throwable thrown) {
    super.afterExecute(piece, thrown);
    if (thrown != null) {
      guard.failed(thrown);
    } else if (piece instanceof Future<?> future && future.isDone() && !future.isCancelled()) {
      look(future);
    }
  }

  private void look(Future<?> future) {
    try {
      future.get();
      guard.succeeded();
    } catch (ExecutionException failed) {
      guard.failed(failed.getCause() == null ? failed : failed.getCause());
    } catch (CancellationException | InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }
}
