package org.linli.hub.history;

import org.jspecify.annotations.Nullable;
import org.linli.hub.intake.DurableStore;

/**
 * One place that keeps events and series and answers for them. What a store refuses to read it says
 * with {@link HistoryUnavailableException}; what it cannot write now with the {@code
 * StoreUnavailableException} of the intake. Safe for use by many threads.
 */
public interface HistoryStore extends DurableStore, EventStore, SeriesStore, AutoCloseable {

  /**
   * How far what it took can be read.
   *
   * @param waiting commits that cannot be read yet
   * @param done changes whenever one more can be read
   */
  record Reading(long waiting, long done) {}

  /** Where whatever it takes can be read at once nothing waits. */
  default Reading reading() {
    return new Reading(0, 0);
  }

  /** What keeps it from going on, in a sentence with what to do; null where that is not known. */
  default @Nullable String trouble() {
    return null;
  }

  @Override
  void close();
}
