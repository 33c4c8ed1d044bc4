package org.linli.hub.console.stream;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.linli.hub.alert.AlertChanged;
import org.linli.hub.console.ActorNames;
import org.linli.hub.console.rest.AlertShape;
import org.linli.hub.console.rest.DeviceShapes;
import org.linli.hub.intake.IntakeLedger;
import org.linli.hub.liveness.DeviceStatusChanged;
import org.linli.hub.liveness.GatewayStatusChanged;
import org.linli.program.thread.LivingThread;
import org.linli.program.thread.LivingThreads;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Brings what happens in the hub onto the stream. */
@Component
class Telling implements SmartLifecycle {

  private static final Duration FIGURES = Duration.ofSeconds(1);

  private final RecordingChanges changes;
  private final LiveStream stream;
  private final StreamEndpoint endpoint;
  private final IntakeLedger ledger;
  private final DeviceShapes shapes;
  private final ActorNames names;
  private final JsonMapper json;
  private final LivingThreads threads;
  private volatile @Nullable LivingThread ticking;

  Telling(
      RecordingChanges changes,
      LiveStream stream,
      StreamEndpoint endpoint,
      IntakeLedger ledger,
      DeviceShapes shapes,
      ActorNames names,
      JsonMapper json,
      LivingThreads threads) {
    this.changes = changes;
    this.stream = stream;
    this.endpoint = endpoint;
    this.ledger = ledger;
    this.shapes = shapes;
    this.names = names;
    this.json = json;
    this.threads = threads;
  }

  /** Within the transaction that changes the alert: both happen, or neither. */
  @EventListener
  void alertChanged(AlertChanged change) {
    changes.record("alert", () -> AlertShape.of(change.alert(), names));
  }

  /** Those of one look at the devices come together: a thousand at once are no thousand events. */
  @EventListener
  void deviceChanged(DeviceStatusChanged change) {
    changes.collect("device", () -> shapes.of(change.status()));
  }

  @EventListener
  void gatewayChanged(GatewayStatusChanged change) {
    changes.record("gateway", () -> shapes.of(change.status()));
  }

  /** The figures change with every batch; once a second is enough for whoever looks. */
  private void tellFigures() {
    if (endpoint.hasListeners()) {
      stream.publishFigures(json.writeValueAsString(ledger.ledger()));
    }
  }

  @Override
  public void start() {
    ticking = threads.tick(LivingThreads.Make.VIRTUAL, "figures", FIGURES, this::tellFigures);
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
