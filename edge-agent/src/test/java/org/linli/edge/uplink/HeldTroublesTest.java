package org.linli.edge.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.linli.event.GatewayTrouble.DISK_FULL;
import static org.linli.event.GatewayTrouble.TAKES_NOTHING;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.linli.event.GatewayTrouble;

class HeldTroublesTest {

  private static final Instant NOON = TestOutbox.NOON;

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private Map<GatewayTrouble, Instant> present = Map.of();
  private final HeldTroubles held = new HeldTroubles(() -> present, nanos::get);

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void anOutboxThatTakesOneMessageAndRefusesTheNextIsOneTrouble() {
    for (int second = 0; second < 100; second++) {
      present = second % 2 == 0 ? Map.of(TAKES_NOTHING, NOON.plusSeconds(second)) : Map.of();
      assertThat(held.get()).isEqualTo(Map.of(TAKES_NOTHING, NOON));
      pass(Duration.ofSeconds(1));
    }

    present = Map.of();
    pass(HeldTroubles.HELD.minusSeconds(2).minusNanos(1));
    assertThat(held.get()).isEqualTo(Map.of(TAKES_NOTHING, NOON));
    pass(Duration.ofNanos(1));
    assertThat(held.get()).isEmpty();
    present = Map.of(TAKES_NOTHING, NOON.plusSeconds(200));
    assertThat(held.get()).as("another time").isEqualTo(present);
  }

  @Test
  void whatGoesOnIsOneTroubleHoweverSeldomItIsLookedAt() {
    present = Map.of(TAKES_NOTHING, NOON);
    assertThat(held.get()).isEqualTo(present);
    pass(Duration.ofHours(1));
    assertThat(held.get()).isEqualTo(present);
  }

  @Test
  void theOthersAreToldAsTheyAre() {
    present = Map.of(DISK_FULL, NOON);
    assertThat(held.get()).isEqualTo(present);
    present = Map.of();
    assertThat(held.get()).isEmpty();
  }
}
