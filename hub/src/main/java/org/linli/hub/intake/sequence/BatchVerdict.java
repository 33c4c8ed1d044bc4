package org.linli.hub.intake.sequence;

import java.util.Comparator;
import java.util.List;
import org.linli.event.Batch;
import org.linli.event.Counts;
import org.linli.event.Receipt;
import org.linli.event.Receipt.RejectionReason;
import org.linli.event.ShedRange;

/** How a batch relates to the watermark of its lane (delivery contract, point 5). */
public sealed interface BatchVerdict {

  /** The batch directly follows, or everything between was declared as shed: it may be applied. */
  record Follows() implements BatchVerdict {}

  /** All of the batch was applied before; the answer is the watermark. */
  record Repeats(Receipt.Applied answer) implements BatchVerdict {}

  /** The batch begins elsewhere; the answer says where the gateway has to continue. */
  record Elsewhere(Receipt.Expected answer) implements BatchVerdict {}

  /** The batch contradicts what was applied before. */
  record Contradicts(Receipt.Rejected answer) implements BatchVerdict {}

  /** The batch has an epoch higher than any real gateway reaches. */
  record TooFarAhead(Receipt.Rejected answer) implements BatchVerdict {}

  /**
   * How far the epoch of a batch may be above the highest known epoch of its gateway. An epoch
   * begins when a disk or a hub is restored, or another agent used the identity: a few times in a
   * gateway's life.
   */
  long MOST_AHEAD = 1_000;

  /**
   * The highest epoch accepted from an unknown gateway: the hub may have lost all its records of
   * it.
   */
  long MOST_OF_A_NEW_GATEWAY = 1_000_000;

  /**
   * @param watermark the watermark of the batch's gateway and lane, in the highest epoch that the
   *     hub knows of this gateway
   */
  static BatchVerdict of(Batch batch, Watermark watermark) {
    if (batch.epoch() < watermark.epoch()) {
      return new Elsewhere(
          new Receipt.Expected(
              watermark.epoch(), batch.lane(), Counts.sum(watermark.sequence(), 1)));
    }
    long highest =
        watermark.epoch() == 0 ? MOST_OF_A_NEW_GATEWAY : Counts.sum(watermark.epoch(), MOST_AHEAD);
    if (batch.epoch() > highest) {
      return new TooFarAhead(
          new Receipt.Rejected(
              batch.epoch(),
              batch.lane(),
              batch.last(),
              RejectionReason.UNREADABLE,
              "Its epoch is %d. The hub knows epoch %d of this gateway and takes none above %d: look for another program that uses the gateway's identity."
                  .formatted(batch.epoch(), watermark.epoch(), highest)));
    }
    return batch.epoch() > watermark.epoch()
        ? within(batch, Watermark.before(batch.epoch()))
        : within(batch, watermark);
  }

  private static BatchVerdict within(Batch batch, Watermark watermark) {
    if (batch.last() < watermark.sequence()) {
      return new Repeats(applied(batch, watermark));
    }
    if (batch.last() == watermark.sequence()) {
      return batch.digest().equals(watermark.digest())
          ? new Repeats(applied(batch, watermark))
          : contradicts(batch, "up to sequence " + batch.last(), batch.last());
    }
    long next = watermark.sequence() + 1;
    if (batch.first() == next) {
      return batch.before().equals(watermark.digest())
          ? new Follows()
          : contradicts(batch, "before sequence " + next, watermark.sequence());
    }
    return batch.first() > next && declaredShed(batch.shed(), next, batch.first())
        ? new Follows()
        : new Elsewhere(new Receipt.Expected(batch.epoch(), batch.lane(), next));
  }

  /**
   * Returns whether every sequence from {@code from} (inclusive) to {@code to} (exclusive) was
   * declared as given up.
   */
  private static boolean declaredShed(List<ShedRange> shed, long from, long to) {
    long next = from;
    for (ShedRange range :
        shed.stream().sorted(Comparator.comparingLong(ShedRange::first)).toList()) {
      if (range.first() > next) {
        return false;
      }
      next = Math.max(next, range.last() + 1);
      if (next >= to) {
        return true;
      }
    }
    return false;
  }

  private static Receipt.Applied applied(Batch batch, Watermark watermark) {
    return new Receipt.Applied(
        batch.epoch(), batch.lane(), watermark.sequence(), watermark.digest());
  }

  private static Contradicts contradicts(Batch batch, String where, long sequence) {
    return new Contradicts(
        new Receipt.Rejected(
            batch.epoch(),
            batch.lane(),
            sequence,
            RejectionReason.OTHER_DIGEST,
            "The history of this lane %s differs from the one that was applied.".formatted(where)));
  }
}
