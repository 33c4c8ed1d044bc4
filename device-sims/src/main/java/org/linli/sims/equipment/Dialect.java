package org.linli.sims.equipment;

import java.time.Instant;

/**
 * One piece of equipment that speaks its vendor's format on a connection of its own. The same piece
 * with the same marks and times sends the same messages on any machine. Not thread-safe.
 */
public interface Dialect {

  /**
   * The next message.
   *
   * @param mark the mark that identifies the message later
   * @param now when it happens, where the format carries a time
   */
  Message next(Mark mark, Instant now);
}
