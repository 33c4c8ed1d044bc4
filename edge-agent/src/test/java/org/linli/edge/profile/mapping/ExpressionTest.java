package org.linli.edge.profile.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.profile.mapping.Expression.FailedException;

class ExpressionTest {

  @Test
  void givesWhatJsonataGives() throws Exception {
    Expression expression =
        Expression.compile("{\"floor\": car.floor + 1, \"lift\": $topic[1], \"hot\": t > 60}");

    assertThat(
            expression.evaluate(
                Map.of("car", Map.of("floor", 3), "t", 61.5),
                Map.of("topic", List.of("lift", "lift-1"))))
        .isEqualTo(Map.of("floor", 4, "lift", "lift-1", "hot", true));
  }

  @Test
  void matchesInTimeThatGrowsWithTheText() throws Exception {
    Map<String, Object> hostile = Map.of("t", "a".repeat(100_000) + "!");

    assertThat(Expression.compile("$matches(t, \"^(a+)+$\")").evaluate(hostile, Map.of()))
        .isEqualTo(false);
    assertThat(
            Expression.compile("$capture(t, \"floor=(\\\\d+)\")[0]")
                .evaluate(Map.of("t", "x floor=12"), Map.of()))
        .isEqualTo("12");
    assertThat(Expression.compile("$matches(nothing, \"x\")").evaluate(hostile, Map.of())).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "($f := function($n){$f($n)}; $f(1))",
        "($f := function($n){1 + $f($n + 1)}; $f(1))",
        "[1..10000000].($ * $)",
        "$sum([1..3000].([1..3000].($)))",
        "$reduce([1..64], function($a, $b){$a & $a}, \"xx\")"
      })
  void endsWhatWouldRunForEver(String expression) throws Exception {
    Expression compiled = Expression.compile(expression);

    assertThatThrownBy(() -> compiled.evaluate(Map.of(), Map.of()))
        .isInstanceOf(FailedException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a +              | Unexpected end of expression | 3
          foo bar          | Syntax error: "bar" | 7
          $foo(1)          | non-function | 5
          $match(a, /x/)   | $matches(text, "pattern") | 10
          """)
  void refusesWhatIsNone(String expression, String said, int at) {
    assertThatThrownBy(() -> Expression.compile(expression))
        .isInstanceOfSatisfying(
            FailedException.class, failed -> assertThat(failed.at()).isEqualTo(at))
        .hasMessageContaining(said);
  }

  @ParameterizedTest
  @ValueSource(strings = {"$eval(t)", "$match(t, t)"})
  void hasNoWayToBringInWhatIsRefused(String expression) throws Exception {
    Expression compiled = Expression.compile(expression);

    assertThatThrownBy(() -> compiled.evaluate(Map.of("t", "1+1"), Map.of()))
        .hasMessageContaining("not available");
    assertThat(Expression.compile("$length($pad(\"x\", 1000000000))").evaluate(Map.of(), Map.of()))
        .isEqualTo(1_000);
  }
}
