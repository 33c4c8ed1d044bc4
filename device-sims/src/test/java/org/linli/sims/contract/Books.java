package org.linli.sims.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.linli.edge.outbox.Ledger;
import org.linli.edge.outbox.UplinkQueue;
import org.linli.event.Lane;

/**
 * What must be true of the gateway's counts at every moment.
 *
 * @param memory what the gateway's disk ought to know
 * @param isRestored whether a disk was restored: then the hub may have given up what was taken
 *     after its copy
 */
record Books(Memory memory, UplinkQueue outbox, HubSide hub, boolean isRestored) {

  void compare() {
    Ledger ledger = outbox.ledger();
    assertThat(ledger.balances()).as("balance of %s", ledger).isTrue();
    assertThat(ledger.offered()).as("offered").isEqualTo(memory.offered);
    assertThat(ledger.repeated()).as("repeated").isEqualTo(memory.repeated);
    assertThat(ledger.taken()).as("taken").isEqualTo(memory.taken.size());
    for (Lane lane : Lane.values()) {
      Ledger.LaneFigures figures = Objects.requireNonNull(ledger.lanes().get(lane));
      long there =
          memory.taken.entrySet().stream()
              .filter(entry -> entry.getValue().lane() == lane && hub.has(entry.getKey()))
              .count();
      assertThat(figures.receipted())
          .as("events of the %s lane that are deleted and not given up", lane)
          .isLessThanOrEqualTo(there + (isRestored ? hub.shed() : 0));
      long epoch = outbox.epoch();
      assertThat(figures.receiptedSequence())
          .as("rows of the %s lane that are deleted", lane)
          .isLessThanOrEqualTo(figures.receiptedSequence() == 0 ? 0 : hub.appliedTo(lane, epoch));
    }
  }
}
