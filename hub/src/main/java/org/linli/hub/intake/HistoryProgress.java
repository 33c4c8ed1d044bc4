package org.linli.hub.intake;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How far the history's store is behind what was applied. */
@Component
public class HistoryProgress {

  private final Journal journal;
  private final Archive archive;
  private final HistoryParts parts;

  /**
   * How much is missing in the store.
   *
   * @param waiting events that are applied and not in the store yet
   * @param rebuilding batches that are still to be given to the store again, about; until they are,
   *     older events may not be found
   * @param wholeFrom older events were dropped, by age or by the history's limit; null where none
   *     were
   */
  public record Behind(long waiting, long rebuilding, @Nullable Instant wholeFrom) {}

  HistoryProgress(Journal journal, Archive archive, HistoryParts parts) {
    this.journal = journal;
    this.archive = archive;
    this.parts = parts;
  }

  /** Changes whenever something that waited was given to the store. */
  public long carried() {
    return journal.timesCarried();
  }

  /** As of the last commit. */
  public Behind behind() {
    return new Behind(journal.events(), archive.stillToGive(), parts.wholeFrom());
  }
}
