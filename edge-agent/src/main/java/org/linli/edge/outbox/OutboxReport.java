package org.linli.edge.outbox;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.linli.event.GatewayTrouble;
import org.linli.event.Lane;

/** What the outbox says about itself, for people, the hub and meters. */
public interface OutboxReport {

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
