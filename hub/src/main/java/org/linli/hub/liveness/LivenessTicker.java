package org.linli.hub.liveness;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Looks every {@link LivenessSettings#tick} at who has come and who has gone. */
@Component
class LivenessTicker implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(LivenessTicker.class);

  private final Liveness liveness;
  private final LivenessSettings settings;
  private final ScheduledExecutorService scheduler =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("liveness").factory());
  private volatile @Nullable ScheduledFuture<?> ticking;

  LivenessTicker(Liveness liveness, LivenessSettings settings) {
    this.liveness = liveness;
    this.settings = settings;
  }

  @Override
  public void start() {
    long millis = settings.tick().toMillis();
    ticking =
        scheduler.scheduleWithFixedDelay(
            () -> guarded(liveness::tick), millis, millis, TimeUnit.MILLISECONDS);
  }

  /** The outermost guard: what throws once would never tick again. */
  private static void guarded(Runnable look) {
    try {
      look.run();
    } catch (RuntimeException e) {
      log.atError().setCause(e).log("Device status could not be recorded; trying again");
    }
  }

  @Override
  public void stop() {
    scheduler.close();
    ticking = null;
    guarded(liveness::writeAll);
  }

  @Override
  public boolean isRunning() {
    return ticking != null;
  }
}
