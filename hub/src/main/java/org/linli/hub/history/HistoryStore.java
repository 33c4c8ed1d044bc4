package org.linli.hub.history;

import org.linli.hub.intake.DurableStore;

/**
 * One place that keeps events and series and answers for them. What a store refuses to read it says
 * with {@link HistoryUnavailableException}; what it cannot write now with the {@code
 * StoreUnavailableException} of the intake. Safe for use by many threads.
 */
public interface HistoryStore extends DurableStore, EventStore, SeriesStore, AutoCloseable {

  @Override
  void close();
}
