package org.linli.edge.local;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.linli.edge.liveness.Liveness;
import org.linli.edge.outbox.Ledger;
import org.linli.edge.outbox.OutboxReport;
import org.springframework.stereotype.Component;

/** The ledger as Prometheus metrics: {@code linli_events_total}, by outcome. */
@Component
final class LedgerFigures implements MeterBinder {

  private static final Map<String, ToLongFunction<Ledger>> OUTCOMES =
      Map.of(
          "offered", Ledger::offered,
          "taken", Ledger::taken,
          "refused", Ledger::refused,
          "repeated", Ledger::repeated,
          "receipted", Ledger::receipted,
          "shed", Ledger::shed);

  private final OutboxReport outbox;
  private final Liveness liveness;

  LedgerFigures(OutboxReport outbox, Liveness liveness) {
    this.outbox = outbox;
    this.liveness = liveness;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    OUTCOMES.forEach(
        (outcome, count) ->
            FunctionCounter.builder(
                    "linli.events", outbox, kept -> count.applyAsLong(kept.ledger()))
                .tag("outcome", outcome)
                .description("Events by what became of them, over all starts")
                .register(registry));
    Gauge.builder("linli.devices", liveness, Liveness::count)
        .description("Devices that were heard since the start")
        .register(registry);
  }
}
