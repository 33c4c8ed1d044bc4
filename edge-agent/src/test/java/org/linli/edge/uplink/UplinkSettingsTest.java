package org.linli.edge.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UplinkSettingsTest {

  @ParameterizedTest
  @CsvSource({
    "most-per-second, 1000B, 1KB or more",
    "most-per-second, 0B, 1KB or more",
    "keep-alive, 31s, 1s to 30s",
    "keep-alive, -7s, 1s to 30s",
    "linger, -1ms, 0 or more",
    "first-pause, 0s, more than 0",
    "longest-pause, -1s, more than 0",
    "refused-pause, 0s, more than 0",
    "taken-over-pause, 0s, more than 0",
    "receipt-wait, -5s, more than 0",
    "rejected-pause, 0s, more than 0",
    "in-flight, 9, 1 to 8",
    "in-flight, 0, 1 to 8",
    "batch-events, 0, 1 to 5000"
  })
  void namesTheSettingThatCannotBe(String setting, String value, String choose) {
    assertThatThrownBy(() -> TestSettings.with(Map.of("linli.uplink." + setting, value)))
        .rootCause()
        .hasMessageContainingAll("linli.uplink." + setting, choose);
  }

  @Test
  void capsNothingWhereNobodyAsks() {
    assertThat(TestSettings.defaults().mostPerSecond()).isNull();
  }
}
