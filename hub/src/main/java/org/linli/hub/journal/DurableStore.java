package org.linli.hub.journal;

import java.util.List;

/**
 * A store of events outside the hub's records. It receives what was applied, in that order, and
 * receives it once more after a crash or a failure, so it must be idempotent (delivery contract,
 * point 5).
 */
public interface DurableStore {

  /**
   * Stores events. When it returns, they are durable.
   *
   * @throws StoreUnavailableException when nothing can be written now; the same events come again
   * @throws EventsRefusedException when some of these events will never be taken; any of them may
   *     have been written
   */
  void append(List<HubEvent> events);

  /**
   * Stores events, for a store that needs to know their age.
   *
   * @param row the row of the last event in the hub's records; row numbers grow with time, and an
   *     event that is given again keeps its number
   */
  default void append(List<HubEvent> events, long row) {
    append(events);
  }

  /**
   * Returns whether the hub must keep what this store received, because the store can lose stored
   * events in a power failure.
   */
  default boolean needsArchive() {
    return false;
  }
}
