package org.linli.hub.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClockSkewTest {

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  /** A reading that was made so far ahead and took so long to come. */
  private static ClockSkew read(ClockSkew before, Instant heardAt, long ahead, long late) {
    return before.read(heardAt.plusSeconds(ahead - late), heardAt);
  }

  @Test
  void believesTheReadingThatWasLeastLate() {
    ClockSkew skew = ClockSkew.first(NOON.plusSeconds(30 - 9), NOON);
    assertThat(skew.ahead()).isEqualTo(Duration.ofSeconds(21));
    skew = read(skew, NOON.plusSeconds(10), 30, 1);
    skew = read(skew, NOON.plusSeconds(20), 30, 7);
    assertThat(skew.ahead()).isEqualTo(Duration.ofSeconds(29));
  }

  @Test
  void followsAClockThatIsSetBackWithinTwoMinutes() {
    ClockSkew skew = ClockSkew.first(NOON.plusSeconds(3600), NOON);
    skew = read(skew, NOON.plusSeconds(59), 0, 0);
    assertThat(skew.ahead()).isEqualTo(Duration.ofHours(1));
    skew = read(skew, NOON.plusSeconds(61), 0, 0);
    skew = read(skew, NOON.plusSeconds(122), 0, 0);
    assertThat(skew.ahead()).isEqualTo(Duration.ZERO);
  }

  @Test
  void beginsAnewAfterASilenceOrWhenTheHubsOwnClockIsSetBack() {
    ClockSkew skew = ClockSkew.first(NOON.plusSeconds(3600), NOON);
    assertThat(read(skew, NOON.plusSeconds(300), 5, 0).ahead()).isEqualTo(Duration.ofSeconds(5));
    assertThat(read(skew, NOON.minusSeconds(7200), 60, 0).ahead()).isEqualTo(Duration.ofMinutes(1));
  }
}
