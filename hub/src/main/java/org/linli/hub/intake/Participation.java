package org.linli.hub.intake;

import java.util.List;
import org.linli.hub.journal.HubEvent;
import org.linli.hub.records.Undoable;
import org.springframework.transaction.TransactionStatus;

/** How a commit calls the participants in its transaction. */
sealed interface Participation permits WholeBatches, EventByEvent {

  /** Gives each participant the events of a batch. */
  void give(List<HubEvent> events);

  /** Reports a problem. */
  void tell(LaneProblem problem);

  /**
   * @throws ParticipantFailedException if the participant caused the failure; failures of the store
   *     or of Java itself are passed on as thrown
   */
  static void call(String participant, TransactionStatus transaction, Runnable work) {
    Throwable defect = Undoable.defectWithin(transaction, work);
    if (defect != null) {
      throw new ParticipantFailedException(participant, defect);
    }
  }
}
