package org.linli.edge.outbox.sqlite;

import org.linli.edge.outbox.Ledger.LaneFigures;
import org.linli.event.Digest;

/**
 * One lane's counters. A row's position counts through all epochs and never changes; its sequence
 * is the position minus {@code epochBase}.
 *
 * @param taken events committed
 * @param receipted events that the hub has
 * @param shed events given up
 * @param shedAndDeleted those of them whose rows are deleted
 * @param epochBase position of the last row before this epoch
 * @param position of the last row
 * @param digest of the lane up to {@code position}
 * @param receiptedPosition position of the last row that the hub has
 * @param receiptedDigest of the lane up to {@code receiptedPosition}
 * @param sendable position of the last row that may ever have been sent
 */
record LaneTotals(
    long taken,
    long receipted,
    long shed,
    long shedAndDeleted,
    long epochBase,
    long position,
    Digest digest,
    long receiptedPosition,
    Digest receiptedDigest,
    long sendable) {

  LaneTotals plusRow(int events, Digest digestWithIt) {
    return new LaneTotals(
        taken + events,
        receipted,
        shed,
        shedAndDeleted,
        epochBase,
        position + 1,
        digestWithIt,
        receiptedPosition,
        receiptedDigest,
        sendable);
  }

  /** Unsure events that the hub has after all no longer count as given up. */
  LaneTotals receiptedTo(
      long toPosition, Digest digestThere, long delivered, ShedTable.Sums given) {
    return new LaneTotals(
        taken,
        receipted + delivered + given.unsure(),
        shed - given.unsure(),
        shedAndDeleted + given.sure(),
        epochBase,
        position,
        digest,
        toPosition,
        digestThere,
        sendable);
  }

  LaneTotals sendableTo(long further) {
    return new LaneTotals(
        taken,
        receipted,
        shed,
        shedAndDeleted,
        epochBase,
        position,
        digest,
        receiptedPosition,
        receiptedDigest,
        further);
  }

  LaneTotals plusShed(long events) {
    return new LaneTotals(
        taken,
        receipted,
        shed + events,
        shedAndDeleted,
        epochBase,
        position,
        digest,
        receiptedPosition,
        receiptedDigest,
        sendable);
  }

  LaneTotals inNewEpoch() {
    return new LaneTotals(
        taken,
        receipted,
        shed,
        shedAndDeleted,
        receiptedPosition,
        position,
        digest,
        receiptedPosition,
        receiptedDigest,
        sendable);
  }

  long sequence() {
    return position - epochBase;
  }

  long queued() {
    return taken - receipted - shed;
  }

  /** The digest before the row after {@code receiptedPosition}, as the hub knows it. */
  Digest digestBeforeWaiting() {
    return receiptedPosition == epochBase ? Digest.NONE : receiptedDigest;
  }

  LaneFigures figures() {
    return new LaneFigures(
        taken, receipted, queued(), shed, sequence(), receiptedPosition - epochBase);
  }
}
