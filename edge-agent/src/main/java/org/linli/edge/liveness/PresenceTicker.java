package org.linli.edge.liveness;

import java.time.Duration;
import org.linli.program.thread.LivingThreads;
import org.linli.program.thread.Ticker;
import org.springframework.stereotype.Component;

/** Calls {@link PresenceReporter} twice a second. */
@Component
final class PresenceTicker extends Ticker {

  private static final Duration TICK = Duration.ofMillis(500);

  private final PresenceReporter presence;

  PresenceTicker(PresenceReporter presence, LivingThreads threads) {
    super(threads, LivingThreads.Make.DAEMON, "presence", TICK);
    this.presence = presence;
  }

  @Override
  protected void look() {
    presence.tick();
  }
}
