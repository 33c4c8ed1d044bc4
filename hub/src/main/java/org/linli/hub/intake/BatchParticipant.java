package org.linli.hub.intake;

import java.util.List;
import org.linli.hub.journal.HubEvent;

/**
 * Works on the events of a batch within the transaction that moves the watermark, in their order.
 * Alerts change the hub's records there. Device status only notes in memory what was heard; its
 * ticker writes it later.
 *
 * <p>An exception rolls the transaction back, and the batch is tried again. If the participant
 * fails each time, and not because the records cannot be written, it is given the events one by
 * one. An event with which it still fails becomes a dead letter of its own ({@code
 * participant-failed}). What the participant wrote for that event is undone, and it is given the
 * events that follow. The participant must itself undo what it holds in memory, when the
 * transaction rolls back and when one of its savepoints does ({@link
 * org.springframework.transaction.support.TransactionSynchronization#savepointRollback}).
 */
public interface BatchParticipant {

  /**
   * Returns the participant's name in dead letters and alerts, such as {@code alerts}. It never
   * changes.
   */
  String name();

  /**
   * Applies events in their order, within the transaction.
   *
   * @param events the events of one batch, or one of them by itself
   */
  void apply(List<HubEvent> events);
}
