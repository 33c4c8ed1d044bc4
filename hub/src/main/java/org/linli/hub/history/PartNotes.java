package org.linli.hub.history;

import java.util.Set;
import org.linli.hub.intake.HistoryParts;

/** Is told what a store writes to, before it does. */
@FunctionalInterface
public interface PartNotes {

  /** Where nothing is ever dropped. */
  PartNotes NONE = (parts, row) -> {};

  /**
   * @param row of the hub's records, the last that what is written came in
   */
  void writing(Set<HistoryParts.Part> parts, long row);
}
