package org.linli.edge.liveness;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.linli.program.thread.LivingThread;
import org.linli.program.thread.LivingThreads;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Has {@link Presence} look twice a second at what has become due. */
@Component
final class PresenceTicker implements SmartLifecycle {

  private static final Duration TICK = Duration.ofMillis(500);

  private final Presence presence;
  private final LivingThreads threads;
  private volatile @Nullable LivingThread timer;

  PresenceTicker(Presence presence, LivingThreads threads) {
    this.presence = presence;
    this.threads = threads;
  }

  @Override
  public void start() {
    timer = threads.tick(LivingThreads.Make.DAEMON, "presence", TICK, presence::tick);
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
