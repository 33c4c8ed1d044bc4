package org.linli.hub.liveness;

import java.util.List;
import org.linli.program.thread.Guard;
import org.linli.program.thread.LivingThread;
import org.linli.program.thread.LivingThreads;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Looks every {@link LivenessSettings#tick} at who has come and who has gone, and at gateways that
 * are in trouble.
 */
@Component
class LivenessTicker implements SmartLifecycle {

  private final Liveness liveness;
  private final GatewayWatch gateways;
  private final LivenessSettings settings;
  private final LivingThreads threads;
  private volatile List<LivingThread> ticking = List.of();

  LivenessTicker(
      Liveness liveness, GatewayWatch gateways, LivenessSettings settings, LivingThreads threads) {
    this.liveness = liveness;
    this.gateways = gateways;
    this.settings = settings;
    this.threads = threads;
  }

  @Override
  public void start() {
    ticking =
        List.of(
            threads.tick(LivingThreads.Make.VIRTUAL, "liveness", settings.tick(), liveness::tick),
            threads.tick(
                LivingThreads.Make.VIRTUAL, "gateway-watch", settings.tick(), gateways::look));
  }

  @Override
  public void stop() {
    List<LivingThread> running = ticking;
    running.forEach(LivingThread::end);
    running.forEach(LivingThread::join);
    ticking = List.of();
    Guard last = threads.guard("liveness");
    boolean _ = last.run(liveness::writeAll);
    threads.forget(last);
  }

  @Override
  public boolean isRunning() {
    return !ticking.isEmpty();
  }
}
