package org.linli.hub.alert;

import org.jspecify.annotations.Nullable;
import org.linli.program.thread.LivingThread;
import org.linli.program.thread.LivingThreads;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Looks every {@link AlertSettings#tick} for alerts that have become due. What is due is in the
 * records, so that a restart in the middle of a wait neither forgets nor prolongs it.
 */
@Component
class AlertTimers implements SmartLifecycle {

  private final RaisingAlerts raising;
  private final AlertSettings settings;
  private final LivingThreads threads;
  private volatile @Nullable LivingThread ticking;

  AlertTimers(RaisingAlerts raising, AlertSettings settings, LivingThreads threads) {
    this.raising = raising;
    this.settings = settings;
    this.threads = threads;
  }

  @Override
  public void start() {
    ticking =
        threads.tick(LivingThreads.Make.VIRTUAL, "alert-timers", settings.tick(), raising::openDue);
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
