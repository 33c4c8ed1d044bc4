package org.linli.hub.intake;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.linli.event.Batch;
import org.linli.event.CommunityId;
import org.linli.event.GatewayId;
import org.linli.event.Lane;
import org.linli.event.Receipt;
import org.linli.event.Receipt.RejectionReason;
import org.linli.event.codec.BatchCodec.Decoded;
import org.linli.hub.gateway.ArrivedBatch;
import org.linli.hub.intake.deadletter.DeadLetters;
import org.linli.hub.intake.sequence.AppliedEvents;
import org.linli.hub.intake.sequence.BatchVerdict;
import org.linli.hub.intake.sequence.DeviceOrders;
import org.linli.hub.intake.sequence.NextWatermarks;
import org.linli.hub.intake.sequence.Watermark;
import org.linli.hub.intake.sequence.Watermarks;
import org.linli.hub.journal.HubEvent;
import org.linli.hub.journal.Journal;
import org.linli.hub.registry.Registry;

/**
 * The content of one commit of the intake. Batches are judged one after the other, each as if those
 * before it had already been applied, and then written together. Used by one thread, once.
 */
final class Commit {

  private final Registry registry;
  private final Watermarks watermarks;
  private final IntakeLedger ledger;
  private final Journal journal;
  private final DeadLetters deadLetters;
  private final NextWatermarks next;
  private final DeviceOrders.Progress progress;
  private final AppliedEvents.Progress remembered;
  private final List<Accepted> accepted = new ArrayList<>();
  private final List<Buried> buried = new ArrayList<>();
  private final List<Batch> repeated = new ArrayList<>();
  private final List<BatchContradicted> contradicted = new ArrayList<>();
  private final Set<GatewayId> gateways = new HashSet<>();
  private boolean isWritten;

  /** A batch that is to be applied. */
  private record Accepted(
      CommunityId community,
      ArrivedBatch arrived,
      Batch batch,
      Watermark previous,
      Watermark next,
      BitSet repeats,
      DeviceOrders.Late late) {

    List<HubEvent> events() {
      return HubEvent.of(community, batch, arrived.receivedAt(), repeats, late.applied());
    }

    /** Returns how many of its events were not applied in an earlier epoch. */
    int count() {
      return batch.events().size() - repeats.cardinality();
    }

    /** Returns the sequence that the lane must be at for this batch to be applied. */
    long expected() {
      return previous.epoch() == batch.epoch() ? previous.sequence() : 0;
    }

    /** Returns whether the counts of gateway and hub differ, and by another number than before. */
    boolean newlyDiffers() {
      long before = expected() == 0 ? 0 : previous.count().difference();
      return next.count().difference() != 0 && next.count().difference() != before;
    }

    CountsDiffer difference() {
      return new CountsDiffer(
          batch.gateway(),
          batch.epoch(),
          batch.lane(),
          batch.last(),
          next.count().gateway(),
          next.count().hub(),
          arrived.receivedAt());
    }
  }

  /** A batch that can never be applied, kept for a person to look at. */
  record Buried(ArrivedBatch arrived, String reason, String detail) {}

  Commit(
      Registry registry,
      Watermarks watermarks,
      DeviceOrders orders,
      AppliedEvents appliedEvents,
      IntakeLedger ledger,
      Journal journal,
      DeadLetters deadLetters) {
    this.registry = registry;
    this.watermarks = watermarks;
    this.journal = journal;
    this.ledger = ledger;
    this.deadLetters = deadLetters;
    this.next = new NextWatermarks(watermarks);
    this.progress = orders.progress();
    this.remembered = appliedEvents.progress();
  }

  /** Returns the receipt for a batch, and keeps in memory what has to be written for it. */
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
    Watermark watermark = next.of(batch.gateway(), batch.lane());
    return switch (BatchVerdict.of(batch, watermark)) {
      case BatchVerdict.Follows follows -> {
        BitSet repeats = remembered.repeats(batch);
        DeviceOrders.Late late = progress.advance(batch, repeats);
        accepted.add(
            new Accepted(
                communityOf(batch.gateway()),
                arrived,
                batch,
                watermark,
                next.advance(batch),
                repeats,
                late));
        yield new Receipt.Applied(batch.epoch(), batch.lane(), batch.last(), batch.digest());
      }
      case BatchVerdict.Repeats(Receipt.Applied answer) -> {
        repeated.add(batch);
        yield answer;
      }
      case BatchVerdict.Elsewhere(Receipt.Expected answer) -> answer;
      case BatchVerdict.TooFarAhead(Receipt.Rejected answer) -> {
        buried.add(new Buried(arrived, "epoch-too-far-ahead", answer.detail()));
        yield answer;
      }
      case BatchVerdict.Contradicts(Receipt.Rejected answer) -> {
        contradicted.add(
            new BatchContradicted(
                batch.gateway(),
                batch.epoch(),
                batch.lane(),
                answer.sequence(),
                arrived.receivedAt()));
        yield answer;
      }
    };
  }

  /** Never empty: gateways that no community has are refused before anything is kept. */
  private CommunityId communityOf(GatewayId gateway) {
    return registry
        .communityOf(gateway)
        .orElseThrow(() -> new IllegalStateException(gateway + " is in no community"));
  }

  private Receipt bury(
      ArrivedBatch arrived, RejectionReason rejection, String reason, String detail) {
    buried.add(new Buried(arrived, reason, detail));
    return new Receipt.Rejected(0, arrived.lane(), 0, rejection, detail);
  }

  /** Returns whether there is nothing to write. */
  boolean isEmpty() {
    return accepted.isEmpty() && buried.isEmpty() && repeated.isEmpty() && contradicted.isEmpty();
  }

  /** Returns whether all batches to be applied are urgent. */
  boolean isOnlyUrgent() {
    return accepted.stream().allMatch(one -> one.batch().lane() == Lane.URGENT);
  }

  /** Returns the events that are to be applied. */
  Stream<HubEvent> events() {
    return accepted.stream().flatMap(one -> one.events().stream());
  }

  /**
   * Writes everything and publishes the problems, within the caller's transaction.
   *
   * @return false if another hub moved a watermark in the meantime; the caller must then roll back
   */
  boolean write(Participation participation) {
    for (Accepted one : accepted) {
      if (!watermarks.advance(
          one.batch(), one.expected(), one.next(), one.arrived().receivedAt())) {
        return false;
      }
      ledger.count(one.batch().gateway(), one.count(), one.repeats().cardinality(), 0);
      ledger.shed(one.batch().gateway(), one.batch().shed());
      List<HubEvent> events = one.events();
      if (!events.isEmpty()) {
        journal.add(
            one.community(), one.arrived(), events.size(), one.repeats(), one.late().told());
        participation.give(events);
      }
      if (one.newlyDiffers()) {
        participation.tell(one.difference());
      }
    }
    for (Batch batch : repeated) {
      ledger.repeated(batch.gateway(), batch.events().size());
    }
    for (Buried one : buried) {
      // The same bytes are kept once, and are counted as dead each time that they arrive.
      deadLetters.keep(one.arrived(), one.reason(), one.detail());
      ledger.dead(one.arrived().gateway());
    }
    if (!buried.isEmpty()) {
      deadLetters.trim();
    }
    contradicted.forEach(participation::tell);
    progress.keep().forEach(gateway -> tellForgotten(gateway, participation));
    remembered.keep();
    isWritten = true;
    return true;
  }

  /** Returns whether everything is written, so that only the commit can fail. */
  boolean isWritten() {
    return isWritten;
  }

  private void tellForgotten(GatewayId gateway, Participation participation) {
    accepted.stream()
        .filter(one -> one.batch().gateway().equals(gateway))
        .findFirst()
        .ifPresent(
            one ->
                participation.tell(
                    new DevicesForgotten(
                        gateway,
                        one.batch().epoch(),
                        one.batch().lane(),
                        one.batch().last(),
                        DeviceOrders.MOST_UNREGISTERED,
                        one.arrived().receivedAt())));
  }

  /** Updates the memory. To be called after the commit. */
  void committed() {
    progress.committed();
    remembered.committed();
  }

  Set<GatewayId> gateways() {
    return gateways;
  }

  List<Buried> buried() {
    return buried;
  }
}
