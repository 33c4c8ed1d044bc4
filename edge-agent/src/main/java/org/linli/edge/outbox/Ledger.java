package org.linli.edge.outbox;

import java.util.Map;
import org.linli.event.Lane;

/**
 * What happened to every event offered to this gateway: {@code offered = taken + refused +
 * repeated} and {@code taken = receipted + queued + shed}, in events. A message that cannot be read
 * counts as one (delivery contract, point 8).
 */
public record Ledger(
    long offered,
    long taken,
    long refused,
    long repeated,
    long receipted,
    long queued,
    long shed,
    Map<Lane, LaneFigures> lanes) {

  /**
   * One lane's share. {@code sequence} is that of its last row, {@code receiptedSequence} that of
   * the last row that the hub has.
   */
  public record LaneFigures(
      long taken, long receipted, long queued, long shed, long sequence, long receiptedSequence) {}

  public boolean balances() {
    return offered == taken + refused + repeated && taken == receipted + queued + shed;
  }
}
