package org.linli.hub.gateway.entrance;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.linli.event.GatewayId;

/**
 * Counts how often connections of a gateway take over from each other. Used on one event loop only,
 * and only for gateways of a community, so that it stays small.
 */
public final class Takeovers {

  static final int TOO_MANY = 6;
  static final Duration PERIOD = Duration.ofMinutes(5);

  private final LongSupplier nanoTime;
  private final Map<GatewayId, Deque<Long>> newestLast = new HashMap<>();

  public Takeovers(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * Counts one more takeover.
   *
   * @return whether it is the {@value #TOO_MANY}th within {@link #PERIOD}, counted since this
   *     method last returned true
   */
  public boolean tooMany(GatewayId gateway) {
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
