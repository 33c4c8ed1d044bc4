package org.linli.hub.flow;

import org.apache.camel.builder.RouteBuilder;
import org.linli.hub.gateway.ArrivedBatch;
import org.linli.hub.intake.BatchIntake;
import org.linli.hub.intake.Receipts;
import org.springframework.stereotype.Component;

/**
 * The path of a batch through the hub. Start reading here.
 *
 * <pre>
 *   gateway ─▶ direct:batch ─▶ intake ─▶ receipts ─▶ the same gateway
 *                                │
 *                                ├─ one transaction: watermark, ledger, alerts, journal, change rows
 *                                └─ memory: device status, written later by its ticker
 *
 *   after the commit:  journal ─▶ history (events, series)
 *                      change rows ─▶ live stream, durable readers
 * </pre>
 *
 * <p>Each hop is a bean that decides; the route only carries. If {@code intake} throws (the journal
 * is full, or the records cannot be written), {@link HubFlowErrors} decides on retries. After that
 * the failure is returned to the connection, which sends no receipt. The gateway keeps the batch
 * until a receipt comes; behind a broker its MQTT acknowledgement says nothing (decision 0030).
 */
@Component
class HubFlow extends RouteBuilder {

  private final BatchIntake intake;
  private final Receipts receipts;

  HubFlow(BatchIntake intake, Receipts receipts) {
    this.intake = intake;
    this.receipts = receipts;
  }

  @Override
  public void configure() {
    from(ArrivedBatch.ENDPOINT)
        .routeId("batch")
        .bean(intake, "apply")
        .id("intake")
        .bean(receipts, "send")
        .id("receipts");
  }
}
