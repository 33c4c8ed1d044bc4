package org.linli.hub.gateway.entrance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.linli.event.GatewayId;

class TakeoversTest {

  private static final GatewayId GATEWAY = new GatewayId("gateway-1");

  private final AtomicLong now = new AtomicLong();
  private final Takeovers takeovers = new Takeovers(now::get);

  private int tooMany(int times, Duration between) {
    int said = 0;
    for (int i = 0; i < times; i++) {
      now.addAndGet(between.toNanos());
      said += takeovers.tooMany(GATEWAY) ? 1 : 0;
    }
    return said;
  }

  @Test
  void saysOnceForSixWithinFiveMinutes() {
    assertThat(tooMany(5, Duration.ofSeconds(1))).isZero();
    assertThat(takeovers.tooMany(new GatewayId("gateway-2"))).isFalse();
    assertThat(tooMany(1, Duration.ofSeconds(1))).isOne();
    assertThat(tooMany(12, Duration.ofSeconds(60))).isEqualTo(2);
  }

  @Test
  void saysNothingOfAGatewayThatComesBackNowAndThen() {
    assertThat(tooMany(50, Duration.ofSeconds(61))).isZero();
  }
}
