package org.linli.edge.picture;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.linli.program.thread.LivingThread;
import org.linli.program.thread.LivingThreads;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Has pictures that became too old removed also while no new ones come. */
@Component
final class PictureAges implements SmartLifecycle {

  private static final Duration TICK = Duration.ofMinutes(1);

  private final Pictures pictures;
  private final LivingThreads threads;
  private volatile @Nullable LivingThread timer;

  PictureAges(Pictures pictures, LivingThreads threads) {
    this.pictures = pictures;
    this.threads = threads;
  }

  @Override
  public void start() {
    timer = threads.tick(LivingThreads.Make.DAEMON, "pictures", TICK, pictures::removeOld);
  }

  @Override
  public void stop() {
    LivingThread running = timer;
    timer = null;
    if (running != null) {
      running.end();
    }
  }

  @Override
  public boolean isRunning() {
    return timer != null;
  }
}
