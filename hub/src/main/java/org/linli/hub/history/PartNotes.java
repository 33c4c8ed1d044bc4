package org.linli.hub.history;

import java.util.Set;
import org.linli.hub.journal.HistoryParts;

/** Is informed of what a store writes to, before it writes. */
@FunctionalInterface
public interface PartNotes {

  /** For a store of which nothing is ever dropped. */
  PartNotes NONE = (parts, row) -> {};

  /**
   * @param row the last row of the hub's records from which the written events come
   */
  void writing(Set<HistoryParts.Part> parts, long row);
}
