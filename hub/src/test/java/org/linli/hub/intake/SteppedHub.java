package org.linli.hub.intake;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.linli.event.GatewayId;
import org.linli.event.Lane;
import org.linli.event.Receipt;
import org.linli.hub.gateway.ArrivedBatch;
import org.linli.hub.intake.sequence.Watermarks;
import org.linli.hub.journal.DurableStore;
import org.linli.hub.journal.HubEvent;
import org.linli.hub.records.TestRecords;

/**
 * The hub's real intake on real records, led step by step. Several may follow each other on the
 * same records, as the hub's runs do.
 */
public final class SteppedHub {

  private final TestIntake intake;
  private final Watermarks watermarks;
  private final IntakeLedger ledger;
  private final Receipts receipts = new Receipts(new SimpleMeterRegistry());
  private final DurableStore store;

  /**
   * @param participant is told within each transaction
   * @param published what the hub tells others of within its transaction
   */
  public SteppedHub(
      TestRecords records,
      Consumer<List<HubEvent>> participant,
      DurableStore store,
      Consumer<Object> published) {
    intake = TestIntake.on(records, new NamedParticipant("test", participant), published::accept);
    watermarks = new Watermarks(records.client(), records.reader());
    ledger = new IntakeLedger(records.client(), records.reader());
    this.store = store;
  }

  /** What a gateway is told that comes online. */
  public List<Receipt.Applied> statements(GatewayId gateway) {
    return watermarks.of(gateway);
  }

  /** Applies batches as they came by one connection and answers them, as the hub's flow does. */
  public void deliver(
      GatewayId gateway, Lane lane, List<byte[]> payloads, Instant at, Consumer<Receipt> receipt) {
    receipts.send(
        intake.apply(
            payloads.stream()
                .map(payload -> new ArrivedBatch(gateway, lane, payload, at, receipt))
                .toList()));
  }

  /** Gives the store what waits, or throws what it throws. */
  public void carry() {
    while (intake.journal().events() > 0) {
      intake.journal().carryTo(store);
    }
  }

  public HubLedger.GatewayFigures figures(GatewayId gateway) {
    return Objects.requireNonNullElse(
        ledger.ledger().gateways().get(gateway.value()),
        new HubLedger.GatewayFigures(0, 0, 0, 0, 0, 0, 0, 0));
  }

  public Map<String, Long> shedByDevice(GatewayId gateway) {
    return ledger.shedByDevice(gateway, 1_000);
  }
}
