package org.linli.hub.alert;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Looks every {@link AlertSettings#tick} for alerts that have become due. What is due is in the
 * records, so that a restart in the middle of a wait neither forgets nor prolongs it.
 */
@Component
class AlertTimers implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(AlertTimers.class);

  private final RaisingAlerts raising;
  private final AlertSettings settings;
  private final ScheduledExecutorService scheduler =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("alert-timers").factory());
  private volatile @Nullable ScheduledFuture<?> ticking;

  AlertTimers(RaisingAlerts raising, AlertSettings settings) {
    this.raising = raising;
    this.settings = settings;
  }

  @Override
  public void start() {
    long millis = settings.tick().toMillis();
    ticking = scheduler.scheduleWithFixedDelay(this::tick, millis, millis, TimeUnit.MILLISECONDS);
  }

  /** The outermost guard: a timer that throws once would never tick again. */
  private void tick() {
    try {
      raising.openDue();
    } catch (RuntimeException e) {
      log.atError().setCause(e).log("Alerts that are due could not be opened; trying again");
    }
  }

  @Override
  public void stop() {
    scheduler.close();
    ticking = null;
  }

  @Override
  public boolean isRunning() {
    return ticking != null;
  }
}
