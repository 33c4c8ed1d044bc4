package org.linli.edge.outbox;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.linli.edge.profile.Interpreted;
import org.linli.event.Batch;
import org.linli.event.GatewayTrouble;
import org.linli.event.Lane;

/**
 * The gateway's durable queue. One writer thread commits messages in groups, each group with one
 * fsync, and only then answers them (delivery contract, point 1).
 */
public interface Outbox {

  /**
   * Queues an interpreted message for the next group commit and returns at once. The message's
   * {@code Reply} is called from the writer thread: taken or refused after the fsync, unavailable
   * when the disk refuses or too many messages wait.
   */
  void offer(Interpreted interpreted);

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

  /** The ledger as of the last commit. */
  Ledger ledger();

  /** When the oldest waiting event was taken, for each lane that has one. */
  Map<Lane, Instant> oldestWaiting();

  /**
   * Events that were given up, by device.
   *
   * @param most how many devices to list, those that lost most
   */
  Losses losses(int most);

  /** Whether the disk accepts messages. */
  OutboxState state();

  /**
   * Whether the free space of the disk is known. If it is not, only the quota limits the outbox.
   */
  boolean knowsFreeSpace();

  /**
   * The outbox's current problems, for the hub: that it accepts nothing, and that the disk is too
   * full for the reserve; each since when, by the gateway's clock.
   */
  Map<GatewayTrouble, Instant> troubles();

  /** What was given up lately; empty for nothing. */
  Optional<GivenUp> givenUpLately();

  /** The devices that were forgotten for lack of room, as of the last commit. */
  Forgotten forgotten();

  /** Messages of new devices that were refused for lack of room, as of the last commit. */
  RefusedNewDevices refusedNewDevices();

  /** What devices said again since the start. */
  Repeats repeats();

  /** The number of dead letters, as of the last commit. It reads the disk only after a new one. */
  DeadLetterCount deadLetterCount();

  /** The newest dead letters, newest first. */
  default List<DeadLetter> deadLetters(int limit) {
    return deadLetters(DeadLetterQuery.newest(limit));
  }

  /** The newest dead letters that match the query, newest first. */
  List<DeadLetter> deadLetters(DeadLetterQuery query);
}
