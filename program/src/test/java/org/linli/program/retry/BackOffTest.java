package org.linli.program.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackOffTest {

  private static final int GATEWAYS = 2_000;

  /** The pauses of many gateways: those before the first attempt, before the second, and so on. */
  private static List<LongSummaryStatistics> pauses(Stream<BackOff> backOffs, int attempts) {
    List<List<Long>> each =
        backOffs
            .map(one -> Stream.generate(one::next).limit(attempts).map(Duration::toMillis).toList())
            .toList();
    return IntStream.range(0, attempts)
        .mapToObj(attempt -> each.stream().mapToLong(one -> one.get(attempt)).summaryStatistics())
        .toList();
  }

  private static Stream<BackOff> doubling(String first, String longest) {
    Duration initial = Duration.parse(first);
    Duration most = Duration.parse(longest);
    return Stream.generate(() -> BackOff.doubling(initial, most)).limit(GATEWAYS);
  }

  @Test
  void doublesFromTheFirstToTheLongestAndVariesEachPauseByHalfOfIt() {
    long[] expected = {250, 500, 1000, 2000, 4000, 8000, 16000, 30000, 30000};

    List<LongSummaryStatistics> pauses = pauses(doubling("PT0.25S", "PT30S"), expected.length);

    for (int i = 0; i < expected.length; i++) {
      long least = Math.max(250, expected[i] / 2);
      long most = Math.min(30_000, expected[i] * 3 / 2);
      assertThat(pauses.get(i).getMin()).isBetween(least, least + (most - least) / 10);
      assertThat(pauses.get(i).getMax()).isBetween(most - (most - least) / 10, most);
    }
  }

  /** Spring's own has no spread where first and longest pause are one, or nearly so. */
  @ParameterizedTest
  @CsvSource({
    "PT0.25S, PT30S",
    "PT5S, PT5M",
    "PT1S, PT2S",
    "PT1S, PT2.999S",
    "PT1S, PT1.9S",
    "PT1S, PT1S",
    "PT2S, PT1S",
  })
  void bringsManyGatewaysBackInNoInstantHoweverOftenTheyTry(String first, String longest) {
    assertThat(pauses(doubling(first, longest), 12))
        .allSatisfy(
            pause ->
                assertThat(pause.getMax() - pause.getMin())
                    .isGreaterThan(pause.getMax() * 30 / 100));
  }

  @Test
  void variesAPauseOfOneLengthByAQuarterBothWays() {
    Stream<BackOff> backOffs =
        Stream.generate(() -> BackOff.around(Duration.ofSeconds(60))).limit(GATEWAYS);

    assertThat(pauses(backOffs, 5))
        .allSatisfy(
            pause -> {
              assertThat(pause.getMin()).isBetween(45_000L, 48_000L);
              assertThat(pause.getMax()).isBetween(72_000L, 75_000L);
              assertThat(pause.getAverage()).isBetween(58_000.0, 62_000.0);
            });
  }

  @ParameterizedTest
  @CsvSource({"PT0.001S, PT0.001S", "PT0.000001S, PT0.000001S", "PT0.001S, PT30S"})
  void alwaysPausesAndNeverForLongerThanAsked(String first, String longest) {
    assertThat(pauses(doubling(first, longest), 20))
        .allSatisfy(pause -> assertThat(pause.getMin()).isPositive())
        .allSatisfy(
            pause ->
                assertThat(pause.getMax())
                    .isLessThanOrEqualTo(Math.max(5, Duration.parse(longest).toMillis())));
  }

  @Test
  void beginsAgainAfterASuccess() {
    BackOff backOff = BackOff.doubling(Duration.ofMillis(250), Duration.ofSeconds(30));
    for (int i = 0; i < 10; i++) {
      backOff.next();
    }
    assertThat(backOff.next()).isGreaterThanOrEqualTo(Duration.ofSeconds(15));

    backOff.reset();

    assertThat(backOff.next()).isBetween(Duration.ofMillis(250), Duration.ofMillis(375));
  }
}
