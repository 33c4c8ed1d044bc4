package org.linli.hub.console.stream;

import java.time.Duration;
import org.linli.hub.intake.IntakeLedger;
import org.linli.program.thread.LivingThreads;
import org.linli.program.thread.Ticker;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Publishes the ledger's figures on the stream. They change with every batch; once a second is
 * enough for a reader.
 */
@Component
class StreamFigures extends Ticker {

  private static final Duration EVERY = Duration.ofSeconds(1);

  private final LiveStream stream;
  private final Listeners listeners;
  private final IntakeLedger ledger;
  private final JsonMapper json;

  StreamFigures(
      LiveStream stream,
      Listeners listeners,
      IntakeLedger ledger,
      JsonMapper json,
      LivingThreads threads) {
    super(threads, LivingThreads.Make.VIRTUAL, "figures", EVERY);
    this.stream = stream;
    this.listeners = listeners;
    this.ledger = ledger;
    this.json = json;
  }

  @Override
  protected void look() {
    if (listeners.isAnyone()) {
      stream.publishFigures(json.writeValueAsString(ledger.ledger()));
    }
  }
}
