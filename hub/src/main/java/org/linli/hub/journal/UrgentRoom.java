package org.linli.hub.journal;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import org.linli.event.GatewayId;

/**
 * Limits how many bytes of urgent events may wait for a store that accepts nothing: as much as bulk
 * events, in addition to them. Beyond that a gateway may add urgent events as long as no more than
 * its equal share of the limit waits from it, so that a gateway that sends without end does not
 * hold up the alerts of others. At most twice the limit therefore waits. Safe for any thread.
 */
final class UrgentRoom {

  private final long limit;
  private final IntSupplier gateways;
  private final Map<GatewayId, Long> waiting = new ConcurrentHashMap<>();
  private final AtomicLong all = new AtomicLong();

  /**
   * @param limit bytes of batches, as they came
   * @param gateways the largest possible number of gateways at present
   */
  UrgentRoom(long limit, IntSupplier gateways) {
    this.limit = limit;
    this.gateways = gateways;
  }

  /** Adds to the bytes that wait from a gateway; a negative number subtracts. */
  void add(GatewayId gateway, long bytes) {
    waiting.merge(gateway, bytes, Long::sum);
    all.addAndGet(bytes);
  }

  /**
   * @throws StoreUnavailableException if the limit is reached and this gateway's share is used up
   */
  void require(GatewayId gateway) {
    long own = waiting.getOrDefault(gateway, 0L);
    if (all.get() > limit && own > limit / Math.max(1, gateways.getAsInt())) {
      throw new StoreUnavailableException(
          ("%d bytes of urgent events wait for the history's store, %d of them of %s, more than"
                  + " linli.journal.limit allows. See that the store takes them.")
              .formatted(all.get(), own, gateway));
    }
  }
}
