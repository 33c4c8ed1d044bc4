package org.linli.edge.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeapShareTest {

  @ParameterizedTest
  @ValueSource(longs = {64, 96, 128, 160, 192, 256, 512, 1_024, 2_048, 4_096})
  void togetherTheyTakeNoMoreThanTheProgramLeaves(long megabytes) {
    long heap = megabytes << 20;
    long all = Arrays.stream(HeapShare.values()).mapToLong(share -> share.of(heap)).sum();
    assertThat(all).isLessThanOrEqualTo(heap - HeapShare.PROGRAM);
    assertThat(all)
        .describedAs("what is left unused")
        .isGreaterThan((heap - HeapShare.PROGRAM) * 98 / 100);
  }

  @Test
  void aHeapOf128MegabytesCarriesFiveThousandDevices() {
    long heap = 128L << 20;
    assertThat(HeapShare.MQTT_CONNECTIONS.of(heap)).isGreaterThanOrEqualTo(5_000 * (10 << 10));
    assertThat(HeapShare.LIVENESS.of(heap)).isGreaterThanOrEqualTo(5_000 * (2 << 10));
  }
}
