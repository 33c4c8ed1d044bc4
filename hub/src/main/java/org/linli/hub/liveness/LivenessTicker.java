package org.linli.hub.liveness;

import org.jspecify.annotations.Nullable;
import org.linli.program.thread.Guard;
import org.linli.program.thread.LivingThread;
import org.linli.program.thread.LivingThreads;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Looks every {@link LivenessSettings#tick} at who has come and who has gone. */
@Component
class LivenessTicker implements SmartLifecycle {

  private final Liveness liveness;
  private final LivenessSettings settings;
  private final LivingThreads threads;
  private volatile @Nullable LivingThread ticking;

  LivenessTicker(Liveness liveness, LivenessSettings settings, LivingThreads threads) {
    this.liveness = liveness;
    this.settings = settings;
    this.threads = threads;
  }

  @Override
  public void start() {
    ticking = threads.tick(LivingThreads.Make.VIRTUAL, "liveness", settings.tick(), liveness::tick);
  }

  @Override
  public void stop() {
    LivingThread running = ticking;
    if (running != null) {
      running.end();
      running.join();
    }
    ticking = null;
    Guard last = threads.guard("liveness");
    boolean _ = last.run(liveness::writeAll);
    threads.forget(last);
  }

  @Override
  public boolean isRunning() {
    return ticking != null;
  }
}
