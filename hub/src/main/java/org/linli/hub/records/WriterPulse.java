package org.linli.hub.records;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.linli.program.thread.LivingThread;
import org.linli.program.thread.LivingThreads;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes the one connection that writes, and the write lock, every few seconds, and does nothing
 * with them: while somebody holds them for ever, this thread gives no sign of life, and health says
 * so.
 */
@Component
class WriterPulse implements SmartLifecycle {

  private static final Duration EVERY = Duration.ofSeconds(10);

  private final TransactionTemplate transaction;
  private final LivingThreads threads;
  private volatile @Nullable LivingThread ticking;

  WriterPulse(TransactionTemplate transaction, LivingThreads threads) {
    this.transaction = transaction;
    this.threads = threads;
  }

  @Override
  public void start() {
    ticking =
        threads.tick(
            LivingThreads.Make.DAEMON,
            "records-writer",
            EVERY,
            () -> transaction.executeWithoutResult(_ -> {}));
  }

  @Override
  public void stop() {
    LivingThread running = ticking;
    if (running != null) {
      running.end();
      running.join();
    }
    ticking = null;
  }

  @Override
  public boolean isRunning() {
    return ticking != null;
  }
}
