package org.linli.hub.intake;

import org.linli.event.Batch;
import org.linli.event.Counts;
import org.linli.event.ShedRange;

/**
 * What a gateway and the hub count of one lane in one epoch, at the same sequence (delivery
 * contract, point 8).
 *
 * <p>Each count ends at {@link Counts#LARGEST}.
 *
 * <p>A gateway counts since its outbox began and not since the epoch did, so what it had before the
 * epoch's first row is taken from the first batch of the epoch; only before its first epoch it
 * cannot have had any.
 *
 * @param before what the gateway had taken before the epoch's first row
 * @param received events that came in batches, whatever became of each
 * @param shed events that were declared as given up
 * @param difference by how many events the gateway's count was greater than the hub's
 */
record LaneCount(long before, long received, long shed, long difference) {

  static final LaneCount NONE = new LaneCount(0, 0, 0, 0);

  private static final long FIRST_EPOCH = 1;

  /** The counts at the end of the batch that follows. */
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

  /** What the hub's count comes to: what the gateway's ought to be. */
  long hub() {
    return before + received + shed;
  }

  long gateway() {
    return hub() + difference;
  }
}
