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
 * The gateway's durable queue. What is offered is committed in groups by one writer thread, each
 * group with one fsync, and only then answered (delivery contract, point 1).
 */
public interface Outbox {

  /**
   * Queues what a profile made of a message for the next group commit and returns at once. The
   * message's {@code Reply} is called from the writer thread: taken or refused after the fsync,
   * unavailable when the disk refuses or too much waits.
   */
  void offer(Interpreted interpreted);

  /** Which life of this outbox the sequences belong to. */
  long epoch();

  /**
   * Begins another life: every waiting row is numbered anew from 1, each lane's digest starts again
   * from {@code NONE}. For a hub whose watermark does not fit this outbox: it is ahead (a restored
   * disk, a clone) or knows less than it receipted (a hub that was replaced).
   *
   * @param above the highest epoch that the hub knows of; the new one is greater than that and than
   *     the present one
   * @return the new epoch
   */
  long startEpoch(long above);

  /**
   * The next rows of a lane as one batch, oldest first.
   *
   * @param after the sequence of the row before the first wanted, 0 for the very first
   * @param maxEvents at least one whole row is returned, and no further row once there are this
   *     many events; 0 for one row
   * @return empty when nothing lies after that sequence
   */
  Optional<Batch> next(Lane lane, long after, int maxEvents);

  /**
   * Gives up the events of a row that cannot travel, so that those behind it can; it stays as a row
   * without events. Twice changes nothing.
   */
  void giveUpRow(Lane lane, long sequence);

  /**
   * Deletes every row up to and with this sequence, because the hub said that it has them (point
   * 6).
   */
  void receipted(Lane lane, long sequence);

  /**
   * The hub said at the start of a connection how far it is; from now on it is there. What was
   * given up while it was away counts as receipted where the hub has it, and is lost otherwise.
   * Nothing is to be sent before this returns.
   *
   * @param hubHas the sequence up to which the hub has each lane in this epoch
   */
  void settle(Map<Lane, Long> hubHas);

  /**
   * The connection to the hub ended: what was sent and not receipted may be given up now. Until
   * {@link #settle} or {@link #startEpoch} nobody knows whether the hub has it.
   */
  void parted();

  /** Has this called from the writer thread, after each commit that added rows. */
  void onCommit(Runnable listener);

  /** The ledger as of the last commit. */
  Ledger ledger();

  /** When the oldest event that waits was taken, of each lane where one does. */
  Map<Lane, Instant> oldestWaiting();

  /**
   * What was given up, by device.
   *
   * @param most of how many devices to tell, those that lost most
   */
  Losses losses(int most);

  /** Whether the disk takes what is offered. */
  OutboxState state();

  /**
   * Whether the disk says how much of it is free. Where it does not, only the quota limits the
   * outbox.
   */
  boolean knowsFreeSpace();

  /**
   * What is wrong with it, for people elsewhere: whether it takes nothing, and whether the disk is
   * so full that there is no reserve; each since when, by the gateway's clock.
   */
  Map<GatewayTrouble, Instant> troubles();

  /** Which devices were forgotten for want of room, as of the last commit. */
  Forgotten forgotten();

  /** How many dead letters there are as of the last commit; reads the disk only after a new one. */
  DeadLetterCount deadLetterCount();

  /** The newest dead letters, newest first. */
  default List<DeadLetter> deadLetters(int limit) {
    return deadLetters(DeadLetterQuery.newest(limit));
  }

  /** The newest dead letters of those that are asked for, newest first. */
  List<DeadLetter> deadLetters(DeadLetterQuery query);
}
