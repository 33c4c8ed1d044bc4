package org.linli.hub.liveness;

import org.linli.program.thread.Guard;
import org.linli.program.thread.LivingThreads;
import org.linli.program.thread.Ticker;
import org.springframework.stereotype.Component;

/** Updates the status of devices and gateways every {@link LivenessSettings#tick}. */
@Component
class LivenessTicker extends Ticker {

  private final Liveness liveness;
  private final LivingThreads threads;

  LivenessTicker(Liveness liveness, LivenessSettings settings, LivingThreads threads) {
    super(threads, LivingThreads.Make.VIRTUAL, "liveness", settings.tick());
    this.liveness = liveness;
    this.threads = threads;
  }

  @Override
  protected void look() {
    liveness.tick();
  }

  @Override
  public void stop() {
    super.stop();
    Guard last = threads.guard("liveness");
    boolean _ = last.run(liveness::writeAll);
    threads.forget(last);
  }
}
