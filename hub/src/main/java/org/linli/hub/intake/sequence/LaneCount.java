package org.linli.hub.intake.sequence;

import org.linli.event.Batch;
import org.linli.event.Counts;
import org.linli.event.ShedRange;

/**
 * The counts of a gateway and the hub for one lane in one epoch, at the same sequence (delivery
 * contract, point 8).
 *
 * <p>Each count ends at {@link Counts#LARGEST}.
 *
 * <p>A gateway counts from the beginning of its outbox, not of the epoch. The count from before the
 * epoch's first row is therefore taken from the first batch of the epoch. Only before its first
 * epoch is this count known to be 0.
 *
 * @param before what the gateway had taken before the epoch's first row
 * @param received events that came in batches, whatever became of each
 * @param shed events that were declared as given up
 * @param difference by how many events the gateway's count was greater than the hub's
 */
public record LaneCount(long before, long received, long shed, long difference) {

  static final LaneCount NONE = new LaneCount(0, 0, 0, 0);

  private static final long FIRST_EPOCH = 1;

  /** Returns the counts at the end of the batch that follows. */
  LaneCount after(Batch batch) {
    long given = Counts.sum(received, batch.events().size());
    long lost = batch.shed().stream().map(ShedRange::events).reduce(shed, Counts::sum);
    long start =
        equals(NONE) && batch.epoch() > FIRST_EPOCH
            ? Math.max(0, batch.ledger().taken() - given - lost)
            : before;
    return new LaneCount(
        start,
        given,
        lost,
        Math.max(-Counts.LARGEST, batch.ledger().taken() - start - given - lost));
  }

  /** Returns the hub's count, which the gateway's count should equal. */
  public long hub() {
    return before + received + shed;
  }

  public long gateway() {
    return hub() + difference;
  }
}
