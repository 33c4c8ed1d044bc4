package org.linli.hub.intake;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.linli.event.Batch;
import org.linli.event.BatchCodec.Decoded;
import org.linli.event.GatewayId;
import org.linli.event.Receipt;
import org.linli.event.Receipt.RejectionReason;
import org.linli.event.TakenEvent;
import org.linli.hub.gateway.ArrivedBatch;

/**
 * What one commit of the intake brings: batches judged one after the other, each as if those before
 * it were applied already, and then written together. For one thread, once.
 */
final class Commit {

  private final Watermarks watermarks;
  private final IntakeLedger ledger;
  private final DeadLetters deadLetters;
  private final Standings standings;
  private final DeviceOrders.Progress progress;
  private final List<Accepted> accepted = new ArrayList<>();
  private final List<Buried> buried = new ArrayList<>();
  private final List<Batch> repeated = new ArrayList<>();
  private final List<BatchContradicted> contradicted = new ArrayList<>();
  private final Set<GatewayId> gateways = new HashSet<>();

  /** A batch that is to be applied. */
  private record Accepted(
      ArrivedBatch arrived, Batch batch, long previous, List<HubEvent> events) {}

  /** What cannot be applied, ever, and is kept for a person to look at. */
  record Buried(ArrivedBatch arrived, String reason, String detail) {}

  Commit(Watermarks watermarks, DeviceOrders orders, IntakeLedger ledger, DeadLetters deadLetters) {
    this.watermarks = watermarks;
    this.ledger = ledger;
    this.deadLetters = deadLetters;
    this.standings = new Standings(watermarks);
    this.progress = orders.progress();
  }

  /** Says what is to be answered, and keeps in mind what is to be written for it. */
  Receipt judge(ArrivedBatch arrived, Decoded decoded) {
    gateways.add(arrived.gateway());
    return switch (decoded) {
      case Decoded.Refused refused ->
          bury(
              arrived,
              RejectionReason.UNREADABLE,
              refused.reason().name().toLowerCase(Locale.ROOT).replace('_', '-'),
              refused.detail());
      case Decoded.Read(Batch batch) -> judge(arrived, batch);
    };
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
    Watermark watermark = standings.of(batch.gateway(), batch.lane());
    return switch (Verdict.of(batch, watermark)) {
      case Verdict.Follows follows -> {
        long previous = batch.epoch() == watermark.epoch() ? watermark.sequence() : 0;
        accepted.add(new Accepted(arrived, batch, previous, hubEvents(arrived, batch)));
        standings.advance(batch);
        yield new Receipt.Applied(batch.epoch(), batch.lane(), batch.last(), batch.digest());
      }
      case Verdict.Repeats(Receipt.Applied answer) -> {
        repeated.add(batch);
        yield answer;
      }
      case Verdict.Elsewhere(Receipt.Expected answer) -> answer;
      case Verdict.Contradicts(Receipt.Rejected answer) -> {
        contradicted.add(
            new BatchContradicted(batch.gateway(), batch.epoch(), batch.lane(), answer.sequence()));
        yield answer;
      }
    };
  }

  private Receipt bury(
      ArrivedBatch arrived, RejectionReason rejection, String reason, String detail) {
    buried.add(new Buried(arrived, reason, detail));
    return new Receipt.Rejected(0, arrived.lane(), 0, rejection, detail);
  }

  private List<HubEvent> hubEvents(ArrivedBatch arrived, Batch batch) {
    List<Boolean> late = progress.advance(batch);
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
              late.get(i)));
    }
    return List.copyOf(hubEvents);
  }

  /** Whether there is nothing to write. */
  boolean isEmpty() {
    return accepted.isEmpty() && buried.isEmpty() && repeated.isEmpty();
  }

  /** All events that are to be applied, in their order. */
  List<HubEvent> events() {
    return accepted.size() == 1
        ? accepted.getFirst().events()
        : accepted.stream().flatMap(one -> one.events().stream()).toList();
  }

  /**
   * Writes everything, within the caller's transaction.
   *
   * @return false when another hub moved a watermark in the meantime, and the caller must roll back
   */
  boolean write(Iterable<BatchParticipant> participants) {
    for (Accepted one : accepted) {
      if (!watermarks.advance(one.batch(), one.previous(), one.arrived().receivedAt())) {
        return false;
      }
      ledger.applied(one.batch().gateway(), one.batch().events().size());
      ledger.shed(one.batch().gateway(), one.batch().shed());
      participants.forEach(participant -> participant.apply(one.events()));
    }
    for (Batch batch : repeated) {
      ledger.repeated(batch.gateway(), batch.events().size());
    }
    for (Buried one : buried) {
      if (deadLetters.keep(one.arrived(), one.reason(), one.detail())) {
        ledger.dead(one.arrived().gateway());
      } else {
        ledger.repeated(one.arrived().gateway(), 1);
      }
    }
    progress.keep();
    return true;
  }

  /** After the transaction committed. */
  void committed() {
    progress.committed();
  }

  Set<GatewayId> gateways() {
    return gateways;
  }

  List<Buried> buried() {
    return buried;
  }

  List<BatchContradicted> contradicted() {
    return contradicted;
  }
}
