package org.linli.program.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class SettingFormatTest {

  @Test
  void durationsHaveTheUnitThatIsWritten() {
    assertThat(SettingFormat.of(Duration.ZERO)).isEqualTo("0s");
    assertThat(SettingFormat.of(Duration.ofSeconds(90))).isEqualTo("90s");
    assertThat(SettingFormat.of(Duration.ofHours(23))).isEqualTo("23h");
    assertThat(SettingFormat.of(Duration.ofDays(400))).isEqualTo("400d");
    assertThat(SettingFormat.of(Duration.ofMillis(30)))
        .isEqualTo("30ms (a number without a unit counts as milliseconds: for seconds write 30s)");
  }

  @Test
  void sizesHaveTheLargestUnitThatGivesAWholeNumber() {
    assertThat(SettingFormat.of(DataSize.ofBytes(0))).isEqualTo("0B");
    assertThat(SettingFormat.of(DataSize.ofBytes(-1))).isEqualTo("-1B");
    assertThat(SettingFormat.of(DataSize.ofKilobytes(64))).isEqualTo("64KB");
    assertThat(SettingFormat.of(DataSize.ofTerabytes(999))).isEqualTo("999TB");
    assertThat(SettingFormat.bytes(3_161_448)).isEqualTo("3161448B");
  }

  @Test
  void boundsAreShortNumbersThatHold() {
    assertThat(SettingFormat.atLeast(12_645_792)).isEqualTo("13MB");
    assertThat(SettingFormat.atLeast(393_217)).isEqualTo("385KB");
    assertThat(SettingFormat.atMost(2_634_540)).isEqualTo("2572KB");
    assertThat(SettingFormat.atMost(1_000)).isEqualTo("1000B");
  }
}
