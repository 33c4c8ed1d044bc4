package org.linli.edge.intake.http;

import java.time.Duration;
import org.linli.program.thread.LivingThreads;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Ends the bodies that are still coming when the gateway stops, so that an alarm whose picture is
 * on its way is on disk before its way there is closed (decision 0066).
 */
@Component
final class UploadsAtStop implements SmartLifecycle {

  /** What comes to its end within this time is left to itself. */
  private static final Duration MOMENT = Duration.ofMillis(300);

  private static final Duration MOST = Duration.ofSeconds(1);

  private final Bodies bodies;
  private final LivingThreads threads;
  private volatile boolean running;

  UploadsAtStop(Bodies bodies, LivingThreads threads) {
    this.bodies = bodies;
    this.threads = threads;
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    threads.farewell().end("uploads over HTTP", MOST, this::endAll);
  }

  private void endAll() {
    if (!bodies.areDoneWithin(MOMENT)) {
      bodies.endAll();
      var _ = bodies.areDoneWithin(MOST.minus(MOMENT));
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Stops before everything that a message needs. */
  @Override
  public int getPhase() {
    return DEFAULT_PHASE;
  }
}
