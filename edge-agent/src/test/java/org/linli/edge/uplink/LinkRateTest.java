package org.linli.edge.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LinkRateTest {

  private final LinkRate rate = new LinkRate();

  @Test
  void sendsOneSmallBatchAtATimeWhileItKnowsNothing() {
    assertThat(rate.batchEvents(500)).isEqualTo(100);
    assertThat(rate.allows(0)).isTrue();
    assertThat(rate.allows(1)).isFalse();
  }

  @Test
  void cutsBatchesToWhatASlowLinkCarriesInAQuarterOfASecond() {
    rate.receipted(8_000, 500, Duration.ofSeconds(1));
    assertThat(rate.batchEvents(500)).as("2,000 bytes of 16 bytes each").isEqualTo(125);
  }

  @Test
  void letsAFastLinkCarryWholeBatchesSideBySide() {
    rate.receipted(8_000, 500, Duration.ofMillis(2));
    assertThat(rate.batchEvents(500)).isEqualTo(500);
    assertThat(rate.allows(3 * 8_000)).isTrue();
  }

  @Test
  void forgetsAFastLinkThatBecameSlow() {
    rate.receipted(8_000, 500, Duration.ofMillis(2));
    for (int i = 0; i < 100; i++) {
      rate.receipted(1_600, 100, Duration.ofMillis(200));
    }
    assertThat(rate.batchEvents(500)).isLessThan(150);
  }

  @Test
  void neverCutsBelowOneEvent() {
    rate.receipted(1_000, 1, Duration.ofSeconds(100));
    assertThat(rate.batchEvents(500)).isOne();
  }
}
