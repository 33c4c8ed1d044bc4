package org.linli.hub.intake;

import java.util.List;

/**
 * Something outside the hub's records that keeps events. It is given what was applied, in that
 * order, and once more after a crash or a failure: must be idempotent (delivery contract, point 5).
 */
public interface DurableStore {

  /**
   * When it returns, the events are durable.
   *
   * @throws StoreUnavailableException when nothing can be written now; the same events come again
   * @throws EventsRefusedException when some of these events will never be taken; any of them may
   *     have been written
   */
  void append(List<HubEvent> events);

  /**
   * The same, for a store that asks how old its events are.
   *
   * @param row where the last of them is in the hub's records: numbers grow with time, and what is
   *     given again has the number that it had
   */
  default void append(List<HubEvent> events, long row) {
    append(events);
  }

  /**
   * Whether the hub is to keep what this store was given, as it can lose with the power what it
   * once had.
   */
  default boolean needsArchive() {
    return false;
  }
}
