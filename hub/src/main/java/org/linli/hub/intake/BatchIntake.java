package org.linli.hub.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.linli.event.GatewayId;
import org.linli.hub.gateway.ArrivedBatch;
import org.linli.hub.intake.deadletter.DeadLetters;
import org.linli.hub.intake.deadletter.EventCopies;
import org.linli.hub.intake.sequence.AppliedEvents;
import org.linli.hub.intake.sequence.DeviceOrders;
import org.linli.hub.intake.sequence.Watermarks;
import org.linli.hub.journal.Journal;
import org.linli.hub.registry.Registry;
import org.linli.program.log.RateLimitedLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Applies each batch exactly once (delivery contract, point 5). Batches that wait at the same time
 * are committed together, whichever gateways they come from.
 *
 * <pre>
 *   bytes ─▶ batch ─▶ verdict ─ follows ─▶ one transaction ─▶ Applied
 *     │                 │                  watermark (previous value, one row)
 *     │                 │                  counters, newest order per device
 *     │                 │                  journal ─▶ later: every DurableStore
 *     │                 │                  every BatchParticipant
 *     │                 ├─ repeats ─────▶ Applied, again
 *     │                 ├─ elsewhere ───▶ Expected N
 *     └─ unreadable     └─ contradicts ─▶ Rejected, alert
 *           └─▶ dead letter, Rejected
 * </pre>
 *
 * <p>{@link AppliedEvents} recognises an event that one gateway sends again in a new epoch; it
 * counts as a duplicate. If two gateways took the same event of a device, it is applied twice,
 * whatever its id.
 *
 * <p>A failing participant does not stop a lane. After {@value #WHOLE_TRIES} tries the events are
 * given to it one by one (see {@link BatchParticipant}), and the batch is applied. If a store
 * cannot write now, no participant is at fault: nothing is applied.
 */
@Component
public class BatchIntake {

  private static final Logger log = LoggerFactory.getLogger(BatchIntake.class);

  private static final RateLimitedLog limited = RateLimitedLog.of(log);

  /** Events in one commit. More would delay urgent events and gain little. */
  private static final int TOGETHER = 2_000;

  private static final int MOST_TRIES = 20;

  /** How often a participant may fail with a batch before its events are given one by one. */
  private static final int WHOLE_TRIES = 3;

  private final Registry registry;
  private final Unpacking unpacking;
  private final Watermarks watermarks;
  private final DeviceOrders orders;
  private final AppliedEvents appliedEvents;
  private final IntakeLedger ledger;
  private final Journal journal;
  private final DeadLetters deadLetters;
  private final EventCopies copies;
  private final TransactionTemplate transaction;
  private final ObjectProvider<BatchParticipant> participants;
  private final ApplicationEventPublisher events;
  private final SharedTurn<Arrival> turn = new SharedTurn<>(TOGETHER, this::commit);

  BatchIntake(
      Registry registry,
      Unpacking unpacking,
      Watermarks watermarks,
      DeviceOrders orders,
      AppliedEvents appliedEvents,
      IntakeLedger ledger,
      Journal journal,
      DeadLetters deadLetters,
      EventCopies copies,
      TransactionTemplate transaction,
      ObjectProvider<BatchParticipant> participants,
      ApplicationEventPublisher events) {
    this.registry = registry;
    this.unpacking = unpacking;
    this.watermarks = watermarks;
    this.orders = orders;
    this.appliedEvents = appliedEvents;
    this.ledger = ledger;
    this.journal = journal;
    this.deadLetters = deadLetters;
    this.copies = copies;
    this.transaction = transaction;
    this.participants = participants;
    this.events = events;
  }

  /**
   * Applies what can be applied, in the given order, and returns the receipt for each batch.
   *
   * @param arrived batches of one connection and lane; a very large list is applied in portions,
   *     and each portion is durable or not
   * @throws RuntimeException if not everything was applied, usually because a store cannot write
   *     now. The caller may give the same batches again; what was applied is then answered. Not
   *     thrown for failures of participants.
   */
  public List<BatchReceipt> apply(List<ArrivedBatch> arrived) {
    journal.requireRoomFor(arrived);
    List<BatchReceipt> receipts = new ArrayList<>(arrived.size());
    unpacking.inPortions(
        arrived,
        arrival -> {
          turn.take(arrival);
          receipts.addAll(arrival.receipts());
        });
    return receipts;
  }

  /**
   * Retries after a participant failed, because the participant then reads its memory anew.
   * Arrivals that were grouped with others are retried alone.
   */
  private void commit(List<Arrival> arrivals) {
    for (int tries = 1; ; tries++) {
      try {
        commit(arrivals, tries > WHOLE_TRIES);
        return;
      } catch (ParticipantFailedException failed) {
        if (arrivals.size() > 1) {
          throw failed;
        }
      }
    }
  }

  private void commit(List<Arrival> arrivals, boolean eventByEvent) {
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      Commit commit =
          new Commit(registry, watermarks, orders, appliedEvents, ledger, journal, deadLetters);
      for (Arrival arrival : arrivals) {
        arrival.batches().forEach(one -> one.answer(commit.judge(one.arrived(), one.decoded())));
      }
      if (commit.isEmpty() || written(commit, eventByEvent)) {
        commit.buried().forEach(BatchIntake::tell);
        return;
      }
    }
    throw new IllegalStateException(
        "Others moved the watermarks %d times in a row: does one hub only use these records?"
            .formatted(MOST_TRIES));
  }

  /** Returns false if another hub moved a watermark in the meantime; then nothing was applied. */
  private boolean written(Commit commit, boolean eventByEvent) {
    if (!commit.isOnlyUrgent()) {
      journal.requireRoom();
    }
    EventCopies.Prepared copied = copies.prepare(eventByEvent ? commit.events() : Stream.empty());
    boolean moved;
    try {
      moved =
          Boolean.TRUE.equals(
              transaction.execute(
                  status -> {
                    if (!commit.write(participation(status, eventByEvent, copied))) {
                      status.setRollbackOnly();
                      return false;
                    }
                    return true;
                  }));
    } catch (RuntimeException | Error failed) {
      if (commit.isWritten()) {
        // Whether the commit happened is not known: a connection may break while it is under way.
        forget(commit.gateways());
      }
      throw failed;
    }
    if (moved) {
      commit.committed();
    } else {
      forget(commit.gateways());
    }
    return moved;
  }

  private void forget(Set<GatewayId> gateways) {
    gateways.forEach(orders::forget);
    gateways.forEach(appliedEvents::forget);
  }

  private Participation participation(
      TransactionStatus status, boolean eventByEvent, EventCopies.Prepared copied) {
    List<BatchParticipant> all = participants.orderedStream().toList();
    return eventByEvent
        ? new EventByEvent(status, all, events, deadLetters, copied)
        : new WholeBatches(status, all, events);
  }

  private static void tell(Commit.Buried buried) {
    limited
        .atWarn(buried.arrived().gateway().value())
        .addKeyValue("gateway", buried.arrived().gateway())
        .addKeyValue("lane", buried.arrived().lane())
        .addKeyValue("reason", buried.reason())
        .addKeyValue("bytes", buried.arrived().payload().length)
        .log("Rejected a batch: {}", buried.detail());
  }
}
