package org.linli.hub.intake;

import java.util.List;
import org.linli.hub.records.Undoable;
import org.springframework.transaction.TransactionStatus;

/** How a commit has others take part in its transaction. */
sealed interface Participation permits WholeBatches, EventByEvent {

  /** Gives each participant the events of a batch. */
  void give(List<HubEvent> events);

  /** Tells of what is not as it should be. */
  void tell(Finding finding);

  /**
   * @throws ParticipantFailedException when the participant is to blame for what it throws; what
   *     the store or Java itself is to blame for comes as it was thrown
   */
  static void call(String participant, TransactionStatus transaction, Runnable work) {
    Throwable defect = Undoable.defectWithin(transaction, work);
    if (defect != null) {
      throw new ParticipantFailedException(participant, defect);
    }
  }
}
