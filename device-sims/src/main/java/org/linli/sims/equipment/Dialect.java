package org.linli.sims.equipment;

import java.time.Instant;

/**
 * One piece of equipment that speaks its make's format over a connection of its own. The same piece
 * with the same marks and times says the same, on any machine. Not for use by several threads.
 */
public interface Dialect {

  /**
   * What it sends next.
   *
   * @param mark by which the message is to be found again
   * @param now when it happens, where the format says a time
   */
  Message next(Mark mark, Instant now);
}
