package org.linli.sims.load;

import java.time.Instant;

/** The items that a load sends; used by one thread. */
@FunctionalInterface
interface Offers {

  /**
   * The next offer.
   *
   * @param number counted from 0, without a gap
   * @param time when it is meant to leave
   */
  Offer next(long number, Instant time);
}
