package org.linli.hub.intake;

import java.util.ArrayList;
import java.util.List;
import org.linli.hub.gateway.ArrivedBatch;
import org.linli.program.log.RateLimitedLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Applies each batch exactly once (delivery contract, point 5). What waits at the same time is
 * committed together, whichever gateways it comes from.
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
 * <p>An event that one gateway sends again in a new epoch is recognised by {@link AppliedEvents}
 * and counts as duplicate. What two gateways took of one device is applied twice, whatever its id.
 *
 * <p>What a participant fails with is no reason for a lane to stand still: after {@value
 * #WHOLE_TRIES} tries the events are given one by one (see {@link BatchParticipant}), and the batch
 * is applied. What a store cannot write now is never a participant's fault, and nobody else's: then
 * nothing is applied.
 */
@Component
public class BatchIntake {

  private static final Logger log = LoggerFactory.getLogger(BatchIntake.class);

  private static final RateLimitedLog limited = RateLimitedLog.of(log);

  /** Events in one commit: more cost urgent ones their time and bring little. */
  private static final int TOGETHER = 2_000;

  private static final int MOST_TRIES = 20;

  /** So often a participant may fail with a batch before its events are given one by one. */
  private static final int WHOLE_TRIES = 3;

  private final Unpacking unpacking;
  private final Watermarks watermarks;
  private final DeviceOrders orders;
  private final AppliedEvents appliedEvents;
  private final IntakeLedger ledger;
  private final Journal journal;
  private final DeadLetters deadLetters;
  private final TransactionTemplate transaction;
  private final ObjectProvider<BatchParticipant> participants;
  private final ApplicationEventPublisher events;
  private final SharedTurn<Arrival> turn = new SharedTurn<>(TOGETHER, this::commit);

  BatchIntake(
      Unpacking unpacking,
      Watermarks watermarks,
      DeviceOrders orders,
      AppliedEvents appliedEvents,
      IntakeLedger ledger,
      Journal journal,
      DeadLetters deadLetters,
      TransactionTemplate transaction,
      ObjectProvider<BatchParticipant> participants,
      ApplicationEventPublisher events) {
    this.unpacking = unpacking;
    this.watermarks = watermarks;
    this.orders = orders;
    this.appliedEvents = appliedEvents;
    this.ledger = ledger;
    this.journal = journal;
    this.deadLetters = deadLetters;
    this.transaction = transaction;
    this.participants = participants;
    this.events = events;
  }

  /**
   * Applies what may be applied, in the order given, and says what to answer to each.
   *
   * @param arrived of one connection and lane; where very large, in portions, each of which is
   *     durable or not
   * @throws RuntimeException when not all was applied, mostly because a store cannot write now; the
   *     same batches may be given again, and what was applied is answered then. Not for what
   *     participants do wrong.
   */
  public List<Answer> apply(List<ArrivedBatch> arrived) {
    journal.requireRoomFor(arrived);
    List<Answer> answers = new ArrayList<>(arrived.size());
    unpacking.inPortions(
        arrived,
        arrival -> {
          turn.take(arrival);
          answers.addAll(arrival.answers());
        });
    return answers;
  }

  /**
   * Tries again where a participant fails, because what it has in memory is read anew then; with
   * others of a group, alone.
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
      Commit commit = new Commit(watermarks, orders, appliedEvents, ledger, journal, deadLetters);
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

  /** False when another hub moved a watermark in the meantime, and nothing was applied. */
  private boolean written(Commit commit, boolean eventByEvent) {
    if (!commit.isOnlyUrgent()) {
      journal.requireRoom();
    }
    boolean moved =
        Boolean.TRUE.equals(
            transaction.execute(
                status -> {
                  if (!commit.write(participation(status, eventByEvent))) {
                    status.setRollbackOnly();
                    return false;
                  }
                  return true;
                }));
    if (moved) {
      commit.committed();
    } else {
      commit.gateways().forEach(orders::forget);
      commit.gateways().forEach(appliedEvents::forget);
    }
    return moved;
  }

  private Participation participation(TransactionStatus status, boolean eventByEvent) {
    List<BatchParticipant> all = participants.orderedStream().toList();
    return eventByEvent
        ? new EventByEvent(status, all, events, deadLetters)
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
