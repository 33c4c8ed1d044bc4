package org.linli.edge.uplink;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.linli.event.GatewayTrouble;

/**
 * The problems that are reported to the hub. That the outbox accepts nothing is reported until it
 * has not been seen for {@link #HELD}: an outbox that accepts one message and refuses the next
 * would make the hub open and close an alert again and again. The other problems change slowly by
 * themselves. Thread-safe.
 */
final class HeldTroubles implements Supplier<Map<GatewayTrouble, Instant>> {

  static final Duration HELD = Duration.ofSeconds(30);

  private final Supplier<Map<GatewayTrouble, Instant>> present;
  private final LongSupplier nanoTime;
  private @Nullable Refusing last;

  /**
   * The outbox accepted nothing.
   *
   * @param since when that began, by the gateway's clock
   * @param seenAt when it was last seen, by {@code nanoTime}
   */
  private record Refusing(Instant since, long seenAt) {}

  /**
   * @param present the current problems, each since when
   */
  HeldTroubles(Supplier<Map<GatewayTrouble, Instant>> present, LongSupplier nanoTime) {
    this.present = present;
    this.nanoTime = nanoTime;
  }

  @Override
  public synchronized Map<GatewayTrouble, Instant> get() {
    Map<GatewayTrouble, Instant> troubles = new EnumMap<>(GatewayTrouble.class);
    troubles.putAll(present.get());
    long now = nanoTime.getAsLong();
    Refusing before = last;
    if (before != null && now - before.seenAt() >= HELD.toNanos()) {
      before = null;
    }
    Instant refusing = troubles.get(GatewayTrouble.TAKES_NOTHING);
    if (refusing != null) {
      before = new Refusing(before == null ? refusing : before.since(), now);
    }
    if (before != null) {
      troubles.put(GatewayTrouble.TAKES_NOTHING, before.since());
    }
    last = before;
    return troubles;
  }
}
