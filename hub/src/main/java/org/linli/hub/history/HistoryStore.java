package org.linli.hub.history;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.linli.hub.intake.DurableStore;
import org.linli.hub.intake.HistoryParts;
import org.linli.hub.intake.Standstill;

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

  /** What keeps it from going on, null where that is not known. */
  default @Nullable Standstill trouble() {
    return null;
  }

  /**
   * What it is kept in, where that can be dropped part by part; none while something that was
   * dropped is not gone yet.
   *
   * @throws HistoryUnavailableException when the store cannot be read now
   */
  default List<StoredPart> parts() {
    return List.of();
  }

  /**
   * Drops parts, while nothing is written.
   *
   * @param still whether one is still to go
   * @return those that go
   * @throws HistoryUnavailableException when none can be dropped now
   */
  default List<StoredPart> drop(List<StoredPart> parts, Predicate<HistoryParts.Part> still) {
    return List.of();
  }

  @Override
  void close();
}
