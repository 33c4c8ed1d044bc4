package org.linli.edge.liveness;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Has {@link Presence} look twice a second at what has become due. */
@Component
final class PresenceTicker implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(PresenceTicker.class);
  private static final long TICK_MILLIS = 500;

  private final Presence presence;
  private @Nullable ScheduledExecutorService timer;

  PresenceTicker(Presence presence) {
    this.presence = presence;
  }

  @Override
  public void start() {
    ScheduledExecutorService started =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("presence").factory());
    var _ =
        started.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    timer = started;
  }

  private void tick() {
    try {
      presence.tick();
    } catch (RuntimeException unforeseen) {
      // An exception would end the timer for good.
      log.atError().setCause(unforeseen).log("The presence of devices could not be looked at");
    }
  }

  @Override
  public void stop() {
    ScheduledExecutorService running = timer;
    timer = null;
    if (running != null) {
      running.shutdownNow();
    }
  }

  @Override
  public boolean isRunning() {
    return timer != null;
  }
}
