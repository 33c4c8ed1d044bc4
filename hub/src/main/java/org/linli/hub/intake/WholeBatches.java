package org.linli.hub.intake;

import java.util.List;
import org.linli.hub.journal.HubEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.TransactionStatus;

/** Gives each participant a batch as a whole. If a participant throws, the commit ends. */
record WholeBatches(
    TransactionStatus transaction,
    List<BatchParticipant> participants,
    ApplicationEventPublisher publisher)
    implements Participation {

  @Override
  public void give(List<HubEvent> events) {
    for (BatchParticipant participant : participants) {
      Participation.call(participant.name(), transaction, () -> participant.apply(events));
    }
  }

  @Override
  public void tell(LaneProblem problem) {
    Participation.call(
        EventByEvent.GATEWAY_ALERTS, transaction, () -> publisher.publishEvent(problem));
  }
}
