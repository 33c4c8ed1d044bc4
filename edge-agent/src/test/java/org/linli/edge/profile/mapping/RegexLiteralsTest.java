package org.linli.edge.profile.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegexLiteralsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          $match(a, /x/) | 10
          /x/ | 0
          a ~> /x/ | 5
          a and /x/i | 6
          $split(a / 2, /x/) | 14
          "a/b" & $replace(c, /(a+)+$/, "") | 20
          /* one */ b ? /x/ : 1 | 14
          """)
  void areFound(String expression, int at) {
    assertThat(RegexLiterals.first(expression)).isEqualTo(OptionalInt.of(at));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a / 2",
        "(a) / b[0] / c",
        "{\"x\": 1}/2",
        "\"a/b\" = 'c/d'",
        "`a/b`/2",
        "/* a/b */ 1",
        "\"\\\"/x/\"",
        "$topic[1]",
        "\"never ends / "
      })
  void areNotWhatOnlyHasASlash(String expression) {
    assertThat(RegexLiterals.first(expression)).isEmpty();
  }
}
