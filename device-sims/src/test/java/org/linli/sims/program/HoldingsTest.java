package org.linli.sims.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HoldingsTest {

  private static Holdings held(IntToDoubleFunction sample) {
    Holdings holdings = new Holdings("agent memory", "MB", 0.03, 8);
    IntStream.range(0, 120).forEach(i -> holdings.add(sample.applyAsDouble(i)));
    return holdings;
  }

  @Test
  void whatFillsUpInTheFirstHalfAndWaversAfterwardsIsFlat() {
    assertThat(held(i -> Math.min(i, 60) * 3 + i % 7).isFlat()).isTrue();
  }

  @Test
  void aSingleHighSampleIsNoGrowth() {
    assertThat(held(i -> i == 115 ? 900 : 150).isFlat()).isTrue();
  }

  @Test
  void whatGrowsToTheEndIsNot() {
    Holdings leak = held(i -> 150 + i * 0.5);
    assertThat(leak.isFlat()).isFalse();
    assertThat(leak.line()).startsWith("NO   agent memory").contains("+15.0 in the last quarter");
  }

  @Test
  void tooFewSamplesShowNothing() {
    Holdings few = new Holdings("agent files", "", 0, 16);
    IntStream.range(0, 7).forEach(few::add);
    assertThat(few.isFlat()).isFalse();
    assertThat(few.line()).contains("only 7 samples");
  }
}
