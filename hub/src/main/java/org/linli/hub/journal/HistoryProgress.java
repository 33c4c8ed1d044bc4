package org.linli.hub.journal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reports how far the history's store is behind what was applied. */
@Component
public class HistoryProgress {

  private final Journal journal;
  private final Archive archive;
  private final HistoryParts parts;

  /**
   * How much is missing in the store.
   *
   * @param waiting events that are applied and not in the store yet
   * @param rebuilding approximate number of batches still to be given to the store again; until
   *     they are, older events may not be found
   * @param wholeFrom events before this time were dropped, by age or by the history's limit; null
   *     if none were
   */
  public record Behind(long waiting, long rebuilding, @Nullable Instant wholeFrom) {}

  HistoryProgress(Journal journal, Archive archive, HistoryParts parts) {
    this.journal = journal;
    this.archive = archive;
    this.parts = parts;
  }

  /** Returns a number that changes whenever something that waited was given to the store. */
  public long carried() {
    return journal.timesCarried();
  }

  /** Returns how far the store is behind, as of the last commit. */
  public Behind behind() {
    return new Behind(journal.events(), archive.stillToGive(), parts.wholeFrom());
  }
}
