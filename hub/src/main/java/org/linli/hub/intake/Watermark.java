package org.linli.hub.intake;

import org.linli.event.Batch;
import org.linli.event.Digest;

/**
 * How far one lane of a gateway was applied in one epoch.
 *
 * @param sequence 0 where nothing was applied yet
 * @param count what gateway and hub count there
 */
record Watermark(long epoch, long sequence, Digest digest, LaneCount count) {

  /** What stands before the first batch of an epoch. */
  static Watermark before(long epoch) {
    return new Watermark(epoch, 0, Digest.NONE, LaneCount.NONE);
  }

  /** Where it stands once the batch, which follows, is applied. */
  Watermark after(Batch batch) {
    LaneCount start = batch.epoch() == epoch ? count : LaneCount.NONE;
    return new Watermark(batch.epoch(), batch.last(), batch.digest(), start.after(batch));
  }
}
