package org.linli.hub.gateway;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.linli.event.GatewayId;

/**
 * How often connections of a gateway took over from each other. Used on one event loop only, and
 * for gateways that a community has: a few times are remembered of each.
 */
final class Takeovers {

  static final int TOO_MANY = 6;
  static final Duration PERIOD = Duration.ofMinutes(5);

  private final LongSupplier nanoTime;
  private final Map<GatewayId, Deque<Long>> newestLast = new HashMap<>();

  Takeovers(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * Counts one more.
   *
   * @return whether it is the {@value #TOO_MANY}th within {@link #PERIOD}, counted from when this
   *     was said last
   */
  boolean tooMany(GatewayId gateway) {
    Deque<Long> times = newestLast.computeIfAbsent(gateway, _ -> new ArrayDeque<>(TOO_MANY));
    long now = nanoTime.getAsLong();
    times.addLast(now);
    if (times.size() < TOO_MANY) {
      return false;
    }
    boolean tooMany = now - times.removeFirst() <= PERIOD.toNanos();
    if (tooMany) {
      times.clear();
    }
    return tooMany;
  }
}
