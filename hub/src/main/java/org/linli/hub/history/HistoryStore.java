package org.linli.hub.history;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.linli.hub.journal.DurableStore;
import org.linli.hub.journal.HistoryParts;
import org.linli.hub.journal.Standstill;

/**
 * One store that keeps events and series and answers queries for them. A failed read throws {@link
 * HistoryUnavailableException}; a failed write throws the intake's {@code
 * StoreUnavailableException}. Safe for use by many threads.
 */
public interface HistoryStore extends DurableStore, EventStore, SeriesStore, AutoCloseable {

  /**
   * How far the stored commits can be read.
   *
   * @param waiting commits that cannot be read yet
   * @param done changes whenever one more can be read
   */
  record Visibility(long waiting, long done) {}

  /**
   * Returns how far commits can be read. By default nothing waits, for a store whose commits can be
   * read at once.
   */
  default Visibility visibility() {
    return new Visibility(0, 0);
  }

  /** Returns what prevents progress; null if that is not known. */
  default @Nullable Standstill trouble() {
    return null;
  }

  /**
   * Returns the parts of the store, if it can be dropped part by part; none while something that
   * was dropped is not gone yet.
   *
   * @throws HistoryUnavailableException when the store cannot be read now
   */
  default List<StoredPart> parts() {
    return List.of();
  }

  /**
   * Drops parts, while nothing is written.
   *
   * @param still whether a part is still to be dropped
   * @return the parts that are dropped
   * @throws HistoryUnavailableException when none can be dropped now
   */
  default List<StoredPart> drop(List<StoredPart> parts, Predicate<HistoryParts.Part> still) {
    return List.of();
  }

  @Override
  void close();
}
