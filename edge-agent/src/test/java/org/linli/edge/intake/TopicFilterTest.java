package org.linli.edge.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** By the examples of MQTT 5 section 4.7. */
class TopicFilterTest {

  @ParameterizedTest
  @CsvSource({
    "sport/tennis/player1/#, sport/tennis/player1, true",
    "sport/tennis/player1/#, sport/tennis/player1/score/wimbledon, true",
    "sport/tennis/player1/#, sport/tennis/player2, false",
    "#, a/b, true",
    "sport/tennis/+, sport/tennis/player1, true",
    "sport/tennis/+, sport/tennis/player1/ranking, false",
    "sport/+, sport, false",
    "sport/+, sport/, true",
    "+/+, /finance, true",
    "/+, /finance, true",
    "+, /finance, false",
    "#, $SYS/uptime, false",
    "+/uptime, $SYS/uptime, false",
    "$SYS/#, $SYS/uptime, true",
    "a, b, false",
    "a/b, a, false"
  })
  void matchesAsTheStandardSays(String filter, String topic, boolean matches) {
    assertThat(new TopicFilter(filter).matches(topic)).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource({
    "a/#, a, true",
    "a/#, a/b/c, true",
    "a/+/c, a/b/+, true",
    "a/+/c, a/b/d, false",
    "a/b, a/b/c, false",
    "+/b/#, a/#, true",
    "x/#, y/#, false"
  })
  void knowsWhichOfThemMayMatchTheSameTopic(String one, String other, boolean overlap) {
    assertThat(new TopicFilter(one).overlaps(new TopicFilter(other))).isEqualTo(overlap);
    assertThat(new TopicFilter(other).overlaps(new TopicFilter(one))).isEqualTo(overlap);
  }

  @ParameterizedTest
  @CsvSource({
    "a/#/b, # may only be the last level",
    "a#, stand for whole levels",
    "a/b+, stand for whole levels",
    "'', 1 to 65535 characters"
  })
  void refusesWhatIsNone(String filter, String rule) {
    assertThatThrownBy(() -> new TopicFilter(filter)).hasMessageContaining(rule);
  }
}
