package org.linli.program.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class WrittenTest {

  @Test
  void durationsHaveTheUnitThatIsWritten() {
    assertThat(Written.of(Duration.ZERO)).isEqualTo("0s");
    assertThat(Written.of(Duration.ofSeconds(90))).isEqualTo("90s");
    assertThat(Written.of(Duration.ofHours(23))).isEqualTo("23h");
    assertThat(Written.of(Duration.ofDays(400))).isEqualTo("400d");
    assertThat(Written.of(Duration.ofMillis(30)))
        .isEqualTo("30ms (a number without a unit counts as milliseconds: for seconds write 30s)");
  }

  @Test
  void sizesHaveTheLargestUnitThatGivesAWholeNumber() {
    assertThat(Written.of(DataSize.ofBytes(0))).isEqualTo("0B");
    assertThat(Written.of(DataSize.ofBytes(-1))).isEqualTo("-1B");
    assertThat(Written.of(DataSize.ofKilobytes(64))).isEqualTo("64KB");
    assertThat(Written.of(DataSize.ofTerabytes(999))).isEqualTo("999TB");
    assertThat(Written.bytes(3_161_448)).isEqualTo("3161448B");
  }

  @Test
  void boundsAreShortNumbersThatHold() {
    assertThat(Written.atLeast(12_645_792)).isEqualTo("13MB");
    assertThat(Written.atLeast(393_217)).isEqualTo("385KB");
    assertThat(Written.atMost(2_634_540)).isEqualTo("2572KB");
    assertThat(Written.atMost(1_000)).isEqualTo("1000B");
  }
}
