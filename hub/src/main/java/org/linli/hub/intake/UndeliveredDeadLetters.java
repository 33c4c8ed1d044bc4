package org.linli.hub.intake;

import java.util.List;
import java.util.Map;
import org.linli.hub.intake.deadletter.DeadLetters;
import org.linli.hub.intake.deadletter.EventCopies;
import org.linli.hub.journal.HubEvent;
import org.linli.hub.journal.Undelivered;
import org.linli.hub.journal.UnreadableBatch;
import org.springframework.stereotype.Component;

/** Makes dead letters of what will be in no store, and counts it. */
@Component
class UndeliveredDeadLetters implements Undelivered {

  private final DeadLetters deadLetters;
  private final EventCopies copies;
  private final IntakeLedger ledger;

  UndeliveredDeadLetters(DeadLetters deadLetters, EventCopies copies, IntakeLedger ledger) {
    this.deadLetters = deadLetters;
    this.copies = copies;
    this.ledger = ledger;
  }

  @Override
  public void keep(Map<HubEvent, String> refused, List<UnreadableBatch> unreadable) {
    refused.forEach(
        (event, reason) -> {
          deadLetters.keep(event, copies.of(event), reason);
          ledger.refused(event.gateway());
        });
    unreadable.forEach(deadLetters::keep);
    deadLetters.trim();
  }
}
