package org.linli.edge.uplink;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.linli.edge.outbox.Ledger;
import org.linli.edge.outbox.UplinkQueue;
import org.linli.event.Batch;
import org.linli.event.Lane;
import org.linli.event.Receipt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares hub and outbox at the start of a connection. The hub states its watermark of each lane.
 * If one does not fit this outbox, a new epoch begins (delivery contract, point 5).
 */
final class Handshake {

  private static final Logger log = LoggerFactory.getLogger(Handshake.class);

  private final UplinkQueue outbox;
  private final Map<Lane, Receipt.Applied> statements = new EnumMap<>(Lane.class);

  Handshake(UplinkQueue outbox) {
    this.outbox = outbox;
  }

  /** Adds a watermark; true when every lane has one. */
  boolean complete(Receipt.Applied statement) {
    statements.put(statement.lane(), statement);
    return statements.size() == Lane.values().length;
  }

  /**
   * Passes the hub's watermarks to the outbox, which deletes those rows, or begins a new epoch.
   *
   * @return where to continue in each lane
   */
  Map<Lane, Long> settle() {
    Optional<String> misfit =
        statements.values().stream().flatMap(statement -> misfit(statement).stream()).findFirst();
    Map<Lane, Long> hubHas = new EnumMap<>(Lane.class);
    if (misfit.isPresent()) {
      startEpoch(highestEpoch(), misfit.get());
      statements.keySet().forEach(lane -> hubHas.put(lane, 0L));
      return hubHas;
    }
    statements.forEach((lane, statement) -> hubHas.put(lane, known(statement)));
    outbox.settle(hubHas);
    return hubHas;
  }

  void startEpoch(long above, String why) {
    long old = outbox.epoch();
    long epoch = outbox.startEpoch(above);
    log.atWarn()
        .addKeyValue("old", old)
        .addKeyValue("epoch", epoch)
        .log("A new epoch of the outbox begins: {}; what waits is sent as new", why);
  }

  private long highestEpoch() {
    return statements.values().stream().mapToLong(Receipt.Applied::epoch).max().orElse(0);
  }

  /** The hub's sequence in this outbox's epoch. */
  private long known(Receipt.Applied statement) {
    return statement.epoch() == outbox.epoch() ? statement.sequence() : 0;
  }

  private Ledger.LaneFigures figures(Lane lane) {
    return outbox.ledger().lanes().getOrDefault(lane, new Ledger.LaneFigures(0, 0, 0, 0, 0, 0));
  }

  private Optional<String> misfit(Receipt.Applied statement) {
    Lane lane = statement.lane();
    Ledger.LaneFigures own = figures(lane);
    long sequence = known(statement);
    if (statement.epoch() > outbox.epoch()) {
      return Optional.of(
          "the hub knows a later one (a restored disk, or another gateway by this id)");
    }
    if (sequence > own.sequence()) {
      return Optional.of("the hub has more of the " + lane + " lane than this outbox ever had");
    }
    if (sequence < own.receiptedSequence()) {
      return Optional.of("the hub no longer knows what it receipted of the " + lane + " lane");
    }
    if (sequence > 0 && !sameHistory(lane, statement)) {
      return Optional.of("the hub applied another history of the " + lane + " lane");
    }
    return Optional.empty();
  }

  /**
   * Compares the digest with that of the next row or of the last row that the hub has, whichever
   * still exists. If neither exists, nothing may be deleted on the strength of it, so the histories
   * count as the same only if nothing would be deleted.
   */
  private boolean sameHistory(Lane lane, Receipt.Applied statement) {
    long sequence = statement.sequence();
    Optional<Batch> following =
        outbox.next(lane, sequence, 1).filter(batch -> batch.first() == sequence + 1);
    if (following.isPresent()) {
      return following.get().before().equals(statement.digest());
    }
    return outbox
        .next(lane, sequence - 1, 1)
        .filter(batch -> batch.first() == sequence && batch.last() == sequence)
        .map(batch -> batch.digest().equals(statement.digest()))
        .orElse(figures(lane).receiptedSequence() == sequence);
  }
}
