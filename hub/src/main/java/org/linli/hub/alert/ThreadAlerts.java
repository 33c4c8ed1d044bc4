package org.linli.hub.alert;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.linli.program.thread.Failure;
import org.linli.program.thread.LivingThread;
import org.linli.program.thread.LivingThreads;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Opens an alert for each thread of the hub that failed. On a thread of its own, as the one that
 * failed may be in no state to; what the records do not take now is tried again.
 */
@Component
class ThreadAlerts implements SmartLifecycle {

  private static final Duration LOOKS_EVERY = Duration.ofSeconds(1);

  private final GatewayAlerts alerts;
  private final LivingThreads threads;
  private volatile @Nullable LivingThread ticking;

  ThreadAlerts(GatewayAlerts alerts, LivingThreads threads) {
    this.alerts = alerts;
    this.threads = threads;
  }

  void look() {
    for (Failure failure : threads.untold()) {
      alerts.failed(failure);
      threads.told(failure);
    }
  }

  @Override
  public void start() {
    ticking = threads.tick(LivingThreads.Make.VIRTUAL, "thread-alerts", LOOKS_EVERY, this::look);
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
