package org.linli.hub.adoption;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.linli.event.Counts;
import org.linli.event.GatewayId;
import org.linli.event.RegistryVersion;
import org.linli.hub.records.Elapsed;

/**
 * Handles gateways that hold a later registry than the hub has. If records are restored from a
 * copy, all gateways hold a later one, by a few epochs: then a new epoch begins for all, at most
 * one a minute. A gateway that holds an epoch far beyond is sent an epoch of its own, which affects
 * no other gateway and is forgotten with its connection. The gateway may be right, because the copy
 * may be old, or another client may use the gateway's name. Either waits for its minute. Safe for
 * any thread.
 */
final class LaterRegistries {

  /** How far the epoch of a gateway may be above the hub's for a new one to begin for all. */
  static final long MOST_AHEAD = 1_000;

  static final Duration EVERY = Duration.ofMinutes(1);

  private final Elapsed elapsed;
  private final Set<GatewayId> waiting = new HashSet<>();

  /** The epochs, beyond the hub's own, of what gateways are sent. */
  private final Map<GatewayId, Long> ownEpochs = new HashMap<>();

  private final Map<GatewayId, Long> ownEpochBegan = new HashMap<>();
  private OptionalLong epochBegan = OptionalLong.empty();

  LaterRegistries(Elapsed elapsed) {
    this.elapsed = elapsed;
  }

  /** Returns whether no later version can be transmitted. */
  static boolean isLast(RegistryVersion held) {
    return held.epoch() >= Counts.LARGEST;
  }

  static boolean isFar(RegistryVersion held, long epoch) {
    return held.epoch() - epoch > MOST_AHEAD;
  }

  /** Returns the epoch for a gateway, if the hub is in the given one. */
  synchronized long epochFor(GatewayId gateway, long epoch) {
    return Math.max(epoch, ownEpochs.getOrDefault(gateway, epoch));
  }

  /** Forgets a gateway that holds no later registry, or has not reported its version yet. */
  synchronized void forget(GatewayId gateway) {
    waiting.remove(gateway);
    ownEpochs.remove(gateway);
  }

  /** Returns whether a new epoch may begin for all now; otherwise this gateway waits. */
  synchronized boolean mayBegin(GatewayId gateway) {
    long now = elapsed.nanos();
    boolean may = epochBegan.isEmpty() || isOver(epochBegan.getAsLong(), now);
    if (may) {
      epochBegan = OptionalLong.of(now);
    }
    return decided(gateway, may);
  }

  /**
   * Begins an epoch of the gateway's own, after the one that it holds, or makes it wait.
   *
   * @return whether one began
   */
  synchronized boolean beginOwn(GatewayId gateway, RegistryVersion held) {
    long now = elapsed.nanos();
    Long before = ownEpochBegan.get(gateway);
    boolean may = before == null || isOver(before, now);
    if (may) {
      ownEpochBegan.put(gateway, now);
      ownEpochs.put(gateway, held.epoch() + 1);
    }
    return decided(gateway, may);
  }

  private boolean decided(GatewayId gateway, boolean may) {
    if (may) {
      waiting.remove(gateway);
    } else {
      waiting.add(gateway);
    }
    return may;
  }

  private static boolean isOver(long since, long now) {
    return now - since >= EVERY.toNanos();
  }

  /** Returns the gateways that wait. */
  synchronized Set<GatewayId> waiting() {
    return Set.copyOf(waiting);
  }

  synchronized void waitsNoMore(GatewayId gateway) {
    waiting.remove(gateway);
  }
}
