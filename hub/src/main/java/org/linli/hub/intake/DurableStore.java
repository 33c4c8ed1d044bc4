package org.linli.hub.intake;

import java.util.List;

/**
 * Something outside the hub's records that keeps events. Called before the transaction that applies
 * a batch; when it returns, the events are durable. Must be idempotent: the same events may come
 * again (delivery contract, point 5).
 */
public interface DurableStore {

  /**
   * @throws StoreUnavailableException when nothing can be written now; the batch is not applied and
   *     comes again
   * @throws EventsRefusedException when some of these events will never be taken; any of them may
   *     have been written
   */
  void append(List<HubEvent> events);
}
