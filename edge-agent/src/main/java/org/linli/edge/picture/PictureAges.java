package org.linli.edge.picture;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Has pictures that became too old removed also while no new ones come. */
@Component
final class PictureAges implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(PictureAges.class);

  private final Pictures pictures;
  private @Nullable ScheduledExecutorService timer;

  PictureAges(Pictures pictures) {
    this.pictures = pictures;
  }

  @Override
  public void start() {
    ScheduledExecutorService started =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("pictures").factory());
    var _ = started.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.MINUTES);
    timer = started;
  }

  private void tick() {
    try {
      pictures.removeOld();
    } catch (RuntimeException unforeseen) {
      // An exception would end the timer for good.
      log.atError().setCause(unforeseen).log("Old pictures could not be removed");
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
