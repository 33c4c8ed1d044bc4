package org.linli.hub.console.stream;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.linli.hub.intake.IntakeLedger;
import org.linli.program.thread.LivingThread;
import org.linli.program.thread.LivingThreads;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Brings the ledger's figures onto the stream. They change with every batch; once a second is
 * enough for whoever looks.
 */
@Component
class StreamFigures implements SmartLifecycle {

  private static final Duration EVERY = Duration.ofSeconds(1);

  private final LiveStream stream;
  private final StreamEndpoint endpoint;
  private final IntakeLedger ledger;
  private final JsonMapper json;
  private final LivingThreads threads;
  private volatile @Nullable LivingThread ticking;

  StreamFigures(
      LiveStream stream,
      StreamEndpoint endpoint,
      IntakeLedger ledger,
      JsonMapper json,
      LivingThreads threads) {
    this.stream = stream;
    this.endpoint = endpoint;
    this.ledger = ledger;
    this.json = json;
    this.threads = threads;
  }

  private void tell() {
    if (endpoint.hasListeners()) {
      stream.publishFigures(json.writeValueAsString(ledger.ledger()));
    }
  }

  @Override
  public void start() {
    ticking = threads.tick(LivingThreads.Make.VIRTUAL, "figures", EVERY, this::tell);
  }

  @Override
  public void stop() {
    LivingThread running = ticking;
    if (running != null) {
      running.end();
      running.join();
    }
    ticking = null;
  }

  @Override
  public boolean isRunning() {
    return ticking != null;
  }
}
