package org.linli.edge.profile.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dashjoin.jsonata.Jsonata;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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
                Map.of("topic", List.of("lift", "lift-1")),
                new Bounds()))
        .isEqualTo(Map.of("floor", 4, "lift", "lift-1", "hot", true));
  }

  @Test
  void matchesInTimeThatGrowsWithTheText() throws Exception {
    Map<String, Object> hostile = Map.of("t", "a".repeat(100_000) + "!");

    assertThat(
            Expression.compile("$matches(t, \"^(a+)+$\")")
                .evaluate(hostile, Map.of(), new Bounds()))
        .isEqualTo(false);
    assertThat(
            Expression.compile("$capture(t, \"floor=(\\\\d+)\")[0]")
                .evaluate(Map.of("t", "x floor=12"), Map.of(), new Bounds()))
        .isEqualTo("12");
    assertThat(
            Expression.compile("$matches(nothing, \"x\")")
                .evaluate(hostile, Map.of(), new Bounds()))
        .isNull();
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

    assertThatThrownBy(() -> compiled.evaluate(Map.of(), Map.of(), new Bounds()))
        .isInstanceOf(FailedException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$replace(t, \"a\", t)",
        "$join($split(t, \"\"), t)",
        "$contains(t, u)",
        "$substringBefore(t, u)",
        "$substringAfter(t, u)",
        "$split(t, u)",
        "$map([1..20000], function($v){$string(n)})",
        "$map([1..20000], function($v){t & $v})",
        "$map([1..20000], function($v){$reverse($$.n)})",
        "$map([1..20000], function($v){$replace($$.t, \"a\", \"bb\")})",
        "$count(n[$ in $$.n])",
        "$matches(t, \"((a{1000}){1000}){1000}\")",
        "$matches(t, t & t)"
      })
  void endsWhatWouldFillTheMemoryOrTakeTooLong(String expression) throws Exception {
    String text = "a".repeat(60_000);
    Map<String, Object> hostile =
        Map.of(
            "t",
            text,
            "u",
            text.substring(1) + "b",
            "n",
            IntStream.range(0, 50_000).boxed().toList());
    Expression compiled = Expression.compile(expression);
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = thread.getCurrentThreadAllocatedBytes();

    assertThatThrownBy(() -> compiled.evaluate(hostile, Map.of(), new Bounds()))
        .isInstanceOf(FailedException.class)
        .hasMessageNotContaining("OutOfMemory");
    assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(200_000_000);
  }

  @Test
  void countsTheTimeOfAllExpressionsOverOneMessage() throws Exception {
    Expression slow = Expression.compile("$sum($map([1..5000], function($v){$v * 2}))");
    Bounds shared = new Bounds();

    assertThat(slow.evaluate(Map.of(), Map.of(), shared)).isEqualTo(25_005_000);
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 1_000_000; i++) {
                slow.evaluate(Map.of(), Map.of(), shared);
              }
            })
        .hasMessageContaining("2000 ms of the processor");
  }

  /** The functions are in each expression once, and a message may redefine them for itself only. */
  @Test
  void forgetsAFunctionThatTheEvaluationBeforeRedefined() throws Exception {
    Expression expression =
        Expression.compile(
            """
            ($before := $contains(t, "b"); $contains := function($x, $y){true};
            $matches := function($x, $y){true}; $topic := "mine";
            [$before, $contains(t, "b"), $matches(t, "b"), $topic])\
            """);

    for (String topic : List.of("a", "b", "c")) {
      assertThat(expression.evaluate(Map.of("t", "abc"), Map.of("topic", topic), new Bounds()))
          .isEqualTo(List.of(true, true, true, "mine"));
      assertThat(expression.evaluate(Map.of("t", "x"), Map.of("topic", topic), new Bounds()))
          .isEqualTo(List.of(false, true, true, "mine"));
    }
  }

  @Test
  void bindsNoFunctionAnewForEachEvaluation() throws Exception {
    Expression expression = Expression.compile("t");
    Map<String, Object> input = Map.of("t", "abc");
    Bounds bounds = new Bounds();
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = 0;

    for (int i = 0; i < 2_000; i++) {
      before = i == 1_000 ? thread.getCurrentThreadAllocatedBytes() : before;
      var _ = expression.evaluate(input, Map.of(), bounds);
    }
    assertThat((thread.getCurrentThreadAllocatedBytes() - before) / 1_000).isLessThan(1_500);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          $replace("aXbXc", "X", "-")      | a-b-c
          $replace("aXbXc", "X", "-", 1)   | a-bXc
          $join(["a", "b"], "-")           | a-b
          $join($split("a,b,c", ","))      | abc
          $join($split("a,b,c", ",", 2))   | ab
          $join($split("aéb", ""), "-")    | a-é-b
          $substringBefore("a-b", "-")     | a
          $substringBefore("a-b", "+")     | a-b
          $substringAfter("a-b", "-")      | b
          $string($contains("abc", "bc"))  | true
          $string({"a": [1, null, "x"]})   | {"a":[1,null,"x"]}
          $replace("a(X)", "(X)", "$1")    | a$1
          """)
  void givesWhatJsonataGivesOfTexts(String expression, String text) throws Exception {
    assertThat(Expression.compile(expression).evaluate(Map.of(), Map.of(), new Bounds()))
        .isEqualTo(text)
        .isEqualTo(Jsonata.jsonata(expression).evaluate(Map.of()));
    for (String nothing :
        List.of(
            "$replace(x, \"a\", \"b\")",
            "$join(x)",
            "$split(x, \"a\")",
            "$contains(x, \"a\")",
            "$substringAfter(x, \"a\")",
            "$string(x)")) {
      assertThat(Expression.compile(nothing).evaluate(Map.of(), Map.of(), new Bounds())).isNull();
    }
  }

  @ParameterizedTest
  @CsvSource({"abc, 3", "a{3}, 3", "'a{2,5}b', 6", "(ab{2}){10}, 40", "[abc]]{4}, 5", "a{x}, 4"})
  void knowsHowLargeAPatternBecomes(String pattern, long size) {
    assertThat(PatternSize.of(pattern)).isEqualTo(size);
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

    assertThatThrownBy(() -> compiled.evaluate(Map.of("t", "1+1"), Map.of(), new Bounds()))
        .hasMessageContaining("not available");
    assertThat(
            Expression.compile("$length($pad(\"x\", 1000000000))")
                .evaluate(Map.of(), Map.of(), new Bounds()))
        .isEqualTo(1_000);
  }
}
