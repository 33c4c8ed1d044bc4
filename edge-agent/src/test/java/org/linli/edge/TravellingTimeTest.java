package org.linli.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.linli.event.Times;

class TravellingTimeTest {

  private static Instant shownAt(String machine) {
    return new TravellingTime(Clock.fixed(Instant.parse(machine), ZoneOffset.UTC)).instant();
  }

  @Test
  void isTheMachinesWithinWhatAnEventCanHave() {
    assertThat(shownAt("2026-11-29T10:00:00.5Z")).isEqualTo("2026-11-29T10:00:00.5Z");
    assertThat(shownAt("2276-01-01T00:00:00Z")).isEqualTo("2276-01-01T00:00:00Z");
  }

  @Test
  void staysAtTheEndsWhereTheMachinesGoesBeyond() {
    assertThat(shownAt("+10221-01-01T00:00:00Z")).isEqualTo(Times.LAST);
    assertThat(shownAt("-0044-03-15T00:00:00Z")).isEqualTo(Times.FIRST);
  }
}
