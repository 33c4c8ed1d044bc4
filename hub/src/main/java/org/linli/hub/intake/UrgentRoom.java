package org.linli.hub.intake;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.linli.event.GatewayId;

/**
 * How much urgent events may wait for a store that takes nothing: as much as bulk ones, beside
 * them. Beyond that a gateway has room for as long as no more than its equal share of it waits of
 * its own, so that one that sends without end holds up no other's alerts. Twice the limit at most
 * therefore. Safe for any thread.
 */
final class UrgentRoom {

  private final long limit;
  private final long share;
  private final Map<GatewayId, Long> waiting = new ConcurrentHashMap<>();
  private final AtomicLong all = new AtomicLong();

  /**
   * @param limit bytes of batches, as they came
   * @param gateways how many there can be
   */
  UrgentRoom(long limit, int gateways) {
    this.limit = limit;
    this.share = limit / Math.max(1, gateways);
  }

  /** Notes that more of a gateway waits, or less. */
  void add(GatewayId gateway, long bytes) {
    waiting.merge(gateway, bytes, Long::sum);
    all.addAndGet(bytes);
  }

  /**
   * @throws StoreUnavailableException when as much of this gateway waits as may
   */
  void require(GatewayId gateway) {
    long own = waiting.getOrDefault(gateway, 0L);
    if (all.get() > limit && own > share) {
      throw new StoreUnavailableException(
          ("%d bytes of urgent events wait for the history's store, %d of them of %s, more than"
                  + " linli.journal.limit allows. See that the store takes them.")
              .formatted(all.get(), own, gateway));
    }
  }
}
