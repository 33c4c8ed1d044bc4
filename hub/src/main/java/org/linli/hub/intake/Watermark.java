package org.linli.hub.intake;

import org.linli.event.Digest;

/**
 * How far one lane of a gateway was applied in one epoch.
 *
 * @param sequence 0 where nothing was applied yet
 */
record Watermark(long epoch, long sequence, Digest digest) {

  /** What stands before the first batch of an epoch. */
  static Watermark before(long epoch) {
    return new Watermark(epoch, 0, Digest.NONE);
  }
}
