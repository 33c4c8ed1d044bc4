package org.linli.program.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written is read again as it was. */
class YamlScalarTest {

  private static final YamlForm FORM = new YamlForm(1024 * 1024, List.of("name"), "a name");

  private static String read(String written) {
    YamlProblems problems = new YamlProblems();
    YamlFields file =
        FORM.read(
            "f.yml", ("name: {name: " + written + "}").getBytes(StandardCharsets.UTF_8), problems);
    YamlFields inner = Objects.requireNonNull(file).needMapping("name", List.of("name"));
    String name = Objects.requireNonNull(inner).need("name", Function.identity());
    assertThat(problems.sentences()).isEmpty();
    return Objects.requireNonNull(name);
  }

  @ParameterizedTest
  @CsvSource({
    "door-1, door-1",
    "雄关社区, 雄关社区",
    "1号楼, 1号楼",
    "Main door, Main door",
    "Asia/Shanghai, Asia/Shanghai",
    "wang@example.org, '\"wang@example.org\"'",
    "300, '\"300\"'",
    "1e3, '\"1e3\"'",
    "12-10, '\"12-10\"'",
    "no, '\"no\"'",
    "NULL, '\"NULL\"'",
    "~, '\"~\"'",
    "'a: b', '\"a: b\"'",
    "'say \"hi\"', '\"say \\\"hi\\\"\"'",
  })
  void isPlainOnlyWhereNobodyCouldMistakeIt(String text, String written) {
    assertThat(YamlScalar.of(text)).isEqualTo(written);
    assertThat(read(written)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " a ",
        "a  b",
        "a #b",
        "#a",
        "- a",
        "a, b",
        "[a]",
        "{a}",
        "&a",
        "*a",
        "!a",
        "%a",
        "@a",
        "`a`",
        "'a'",
        "|",
        ">",
        "?",
        ":",
        "\\n",
        "（一）",
        "😀",
        "a\u00A0b",
        "a\u2028b",
        "\uFEFFa",
        "a\u200Fb",
        "\uD800",
        "\uDC00\uD800",
        "\uE000",
        "\uFFFE",
        "\uDB40\uDC01",
        "\u0085"
      })
  void keepsEveryCharacter(String text) {
    assertThat(read(YamlScalar.of(text))).isEqualTo(text);
  }

  @Test
  void isDecidedQuicklyForALongText() {
    String text = "a".repeat(100_000) + "!";
    assertThat(read(YamlScalar.of(text))).isEqualTo(text);
  }
}
