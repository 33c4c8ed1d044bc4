package org.linli.hub.intake;

import java.util.List;

/**
 * Something that changes the hub's records because of events: alerts, device status. Called within
 * the transaction that moves the watermark, with events in their order.
 *
 * <p>What it throws rolls all of it back, and it is tried again. When it throws each time, and not
 * because the records cannot be written, it is given the events one by one: one with which it fails
 * still is a dead letter of its own ({@code participant-failed}), what it wrote for it is undone,
 * and it is given those that follow. What it has in memory it must undo itself, when the
 * transaction rolls back and when a savepoint of it does ({@link
 * org.springframework.transaction.support.TransactionSynchronization#savepointRollback}).
 */
public interface BatchParticipant {

  /** What it is called in dead letters and alerts, as {@code alerts}: it never changes. */
  String name();

  void apply(List<HubEvent> events);
}
