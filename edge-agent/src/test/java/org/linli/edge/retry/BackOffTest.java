package org.linli.edge.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackOffTest {

  /** Always draws the same fraction of the spread. */
  private record Draws(double fraction) implements RandomGenerator {
    @Override
    public long nextLong() {
      return 0;
    }

    @Override
    public double nextDouble() {
      return fraction;
    }
  }

  private static List<Long> millis(double fraction, int count) {
    BackOff backOff =
        new BackOff(Duration.ofMillis(250), Duration.ofSeconds(30), new Draws(fraction));
    return Stream.generate(backOff::next).limit(count).map(Duration::toMillis).toList();
  }

  @Test
  void doublesFromTheFirstToTheLongest() {
    assertThat(millis(0.5, 10))
        .containsExactly(250L, 500L, 1000L, 2000L, 4000L, 8000L, 16000L, 30000L, 30000L, 30000L);
  }

  @Test
  void spreadsEachPauseByAQuarterBothWays() {
    assertThat(millis(0, 1)).containsExactly(187L);
    assertThat(millis(1, 1)).containsExactly(312L);
  }

  @Test
  void beginsAgainAfterASuccess() {
    BackOff backOff = new BackOff(Duration.ofMillis(250), Duration.ofSeconds(30), new Draws(0.5));
    backOff.next();
    backOff.next();
    backOff.reset();
    assertThat(backOff.next()).isEqualTo(Duration.ofMillis(250));
  }
}
