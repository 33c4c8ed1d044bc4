package org.linli.hub.intake.sequence;

import org.linli.event.Batch;
import org.linli.event.Digest;

/**
 * How far one lane of a gateway was applied in one epoch.
 *
 * @param sequence 0 if nothing was applied yet
 * @param count the counts of gateway and hub at this sequence
 */
public record Watermark(long epoch, long sequence, Digest digest, LaneCount count) {

  /** Returns the watermark before the first batch of an epoch. */
  static Watermark before(long epoch) {
    return new Watermark(epoch, 0, Digest.NONE, LaneCount.NONE);
  }

  /** Returns the watermark after the batch, which must be the one that follows, is applied. */
  Watermark after(Batch batch) {
    LaneCount start = batch.epoch() == epoch ? count : LaneCount.NONE;
    return new Watermark(batch.epoch(), batch.last(), batch.digest(), start.after(batch));
  }
}
