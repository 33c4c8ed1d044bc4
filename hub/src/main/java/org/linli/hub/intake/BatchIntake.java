package org.linli.hub.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.linli.event.Batch;
import org.linli.event.BatchCodec;
import org.linli.event.BatchCodec.Decoded;
import org.linli.event.GatewayId;
import org.linli.event.Receipt;
import org.linli.event.Receipt.RejectionReason;
import org.linli.event.TakenEvent;
import org.linli.hub.gateway.ArrivedBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Applies each batch exactly once (delivery contract, point 5).
 *
 * <pre>
 *   bytes ─▶ batch ─▶ verdict ─ follows ─▶ every DurableStore ─▶ one transaction ─▶ Applied
 *     │                 │                                         watermark (previous value, one row)
 *     │                 ├─ repeats ─────▶ Applied, again          counters, newest order per device
 *     │                 ├─ elsewhere ───▶ Expected N              every BatchParticipant
 *     └─ unreadable     └─ contradicts ─▶ Rejected
 *           └─▶ dead letter, Rejected
 * </pre>
 *
 * <p>An event that one gateway sends under two epochs, or that two gateways send, has one identity
 * (device, id) and is kept once by stores that key on it, but it is applied twice here: beyond the
 * watermark the hub does not look for repeats.
 */
@Component
public class BatchIntake {

  private static final Logger log = LoggerFactory.getLogger(BatchIntake.class);

  private final Watermarks watermarks;
  private final DeviceOrders orders;
  private final IntakeLedger ledger;
  private final DeadLetters deadLetters;
  private final TransactionTemplate transaction;
  private final ObjectProvider<DurableStore> stores;
  private final ObjectProvider<BatchParticipant> participants;
  private final ApplicationEventPublisher events;
  private final Map<GatewayId, ReentrantLock> turns = new ConcurrentHashMap<>();

  BatchIntake(
      Watermarks watermarks,
      DeviceOrders orders,
      IntakeLedger ledger,
      DeadLetters deadLetters,
      TransactionTemplate transaction,
      ObjectProvider<DurableStore> stores,
      ObjectProvider<BatchParticipant> participants,
      ApplicationEventPublisher events) {
    this.watermarks = watermarks;
    this.orders = orders;
    this.ledger = ledger;
    this.deadLetters = deadLetters;
    this.transaction = transaction;
    this.stores = stores;
    this.participants = participants;
    this.events = events;
  }

  /**
   * Applies what may be applied and says what to answer. Batches of one gateway wait for each
   * other.
   *
   * @throws StoreUnavailableException when nothing was applied because a store cannot write now;
   *     the same batch may be given again
   */
  public Answer apply(ArrivedBatch arrived) {
    ReentrantLock turn =
        turns.computeIfAbsent(arrived.gateway(), gateway -> new ReentrantLock(true));
    turn.lock();
    try {
      return new Answer(
          arrived,
          switch (BatchCodec.decode(arrived.payload())) {
            case Decoded.Refused refused ->
                bury(
                    arrived,
                    RejectionReason.UNREADABLE,
                    refused.reason().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    refused.detail());
            case Decoded.Read(Batch batch) -> judge(arrived, batch);
          });
    } finally {
      turn.unlock();
    }
  }

  private Receipt judge(ArrivedBatch arrived, Batch batch) {
    if (!batch.gateway().equals(arrived.gateway())) {
      return bury(
          arrived,
          RejectionReason.OTHER_GATEWAY,
          "other-gateway",
          "The batch says that it comes from " + batch.gateway() + ".");
    }
    if (batch.lane() != arrived.lane()) {
      return bury(
          arrived,
          RejectionReason.UNREADABLE,
          "other-lane",
          "The batch says that it belongs to the " + batch.lane() + " lane.");
    }
    while (true) {
      Watermark watermark = watermarks.current(batch.gateway(), batch.lane());
      switch (Verdict.of(batch, watermark)) {
        case Verdict.Follows follows -> {
          long previous = batch.epoch() == watermark.epoch() ? watermark.sequence() : 0;
          if (applied(arrived, batch, previous)) {
            return new Receipt.Applied(batch.epoch(), batch.lane(), batch.last(), batch.digest());
          }
        }
        case Verdict.Repeats(Receipt.Applied answer) -> {
          ledger.repeated(batch.gateway(), batch.events().size());
          return answer;
        }
        case Verdict.Elsewhere(Receipt.Expected answer) -> {
          return answer;
        }
        case Verdict.Contradicts(Receipt.Rejected answer) -> {
          events.publishEvent(
              new BatchContradicted(
                  batch.gateway(), batch.epoch(), batch.lane(), answer.sequence()));
          return answer;
        }
      }
    }
  }

  /** False when another hub moved the watermark in the meantime, and nothing was applied. */
  private boolean applied(ArrivedBatch arrived, Batch batch, long previous) {
    DeviceOrders.Progress progress = orders.progress(batch);
    List<HubEvent> hubEvents = hubEvents(arrived, batch, progress);
    stores.orderedStream().forEach(store -> store.append(hubEvents));
    boolean moved =
        Boolean.TRUE.equals(
            transaction.execute(
                status -> {
                  if (!watermarks.advance(batch, previous, arrived.receivedAt())) {
                    status.setRollbackOnly();
                    return false;
                  }
                  ledger.applied(batch.gateway(), batch.events().size());
                  progress.keep();
                  participants.orderedStream().forEach(participant -> participant.apply(hubEvents));
                  return true;
                }));
    if (moved) {
      progress.committed();
    } else {
      orders.forget(batch.gateway());
    }
    return moved;
  }

  private static List<HubEvent> hubEvents(
      ArrivedBatch arrived, Batch batch, DeviceOrders.Progress progress) {
    List<HubEvent> hubEvents = new ArrayList<>(batch.events().size());
    for (int i = 0; i < batch.events().size(); i++) {
      TakenEvent taken = batch.events().get(i);
      hubEvents.add(
          new HubEvent(
              taken.traceId(batch.gateway(), batch.epoch()),
              batch.gateway(),
              batch.epoch(),
              batch.lane(),
              taken,
              arrived.receivedAt(),
              progress.isLate(i)));
    }
    return List.copyOf(hubEvents);
  }

  /** Keeps what cannot be applied and counts it as one event, or as a repeat of that one. */
  private Receipt bury(
      ArrivedBatch arrived, RejectionReason rejection, String reason, String detail) {
    transaction.executeWithoutResult(
        status -> {
          if (deadLetters.keep(arrived, reason, detail)) {
            ledger.dead(arrived.gateway());
          } else {
            ledger.repeated(arrived.gateway(), 1);
          }
        });
    log.atWarn()
        .addKeyValue("gateway", arrived.gateway())
        .addKeyValue("lane", arrived.lane())
        .addKeyValue("reason", reason)
        .addKeyValue("bytes", arrived.payload().length)
        .log("Rejected a batch: {}", detail);
    return new Receipt.Rejected(0, arrived.lane(), 0, rejection, detail);
  }
}
