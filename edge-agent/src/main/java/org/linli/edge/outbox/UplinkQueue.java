package org.linli.edge.outbox;

import java.util.Map;
import java.util.Optional;
import org.linli.event.Batch;
import org.linli.event.Lane;

/**
 * The outbox as the uplink empties it: rows go out as batches, and are deleted once the hub has
 * them.
 */
public interface UplinkQueue {

  /** The epoch that the sequences belong to. */
  long epoch();

  /**
   * Begins a new epoch: every waiting row is numbered anew from 1, and each lane's digest starts
   * again from {@code NONE}. It is needed if the hub's watermark does not fit this outbox. The hub
   * may be ahead (a restored disk, a clone) or know less than it receipted (a replaced hub).
   *
   * @param above the highest epoch that the hub knows; the new one is higher than that and than the
   *     present one
   * @return the new epoch
   */
  long startEpoch(long above);

  /**
   * The next rows of a lane as one batch, oldest first.
   *
   * @param after the sequence of the row before the first wanted, 0 for the very first
   * @param maxEvents limit of events, after which no further row is added; at least one whole row
   *     is returned; 0 for one row
   * @return empty if there is no row after that sequence
   */
  Optional<Batch> next(Lane lane, long after, int maxEvents);

  /**
   * Gives up the events of a row that cannot be sent, so that the rows behind it can. The row
   * stays, without events. A repeated call changes nothing.
   */
  void giveUpRow(Lane lane, long sequence);

  /**
   * Deletes every row up to and including this sequence, because the hub confirmed that it has them
   * (point 6).
   */
  void receipted(Lane lane, long sequence);

  /**
   * Applies the hub's watermarks at the start of a connection; from now on the hub counts as
   * connected. Events that were given up while it was away count as receipted if the hub has them,
   * and as lost otherwise. Nothing may be sent before this returns.
   *
   * @param hubHas the sequence up to which the hub has each lane in this epoch
   */
  void settle(Map<Lane, Long> hubHas);

  /**
   * The connection to the hub ended: rows that were sent and not receipted may now be given up.
   * Until {@link #settle} or {@link #startEpoch} it is unknown whether the hub has them.
   */
  void parted();

  /**
   * Registers a listener, which is called from the writer thread after each commit that added rows.
   */
  void onCommit(Runnable listener);

  /** The ledger as of the last commit, which travels with the batches. */
  Ledger ledger();
}
