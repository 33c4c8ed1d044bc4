package org.linli.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The texts of a program of the tests' own lie beside this class. */
class HelpTest {

  private static final List<String> COMMANDS = List.of("dead-letters", "try-profile");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @ParameterizedTest
  @ValueSource(strings = {"--help", "-h", "help", "-help"})
  void helps(String argument) {
    assertThat(answer(Map.of("LANG", "C.UTF-8"), argument)).hasValue(0);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("How to use it.\n");
  }

  @Test
  void helpsInChineseWhereTheTerminalIsChinese() {
    assertThat(answer(Map.of("LANG", "zh_CN.UTF-8"), "--linli.store=influx", "--help")).hasValue(0);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("用法。\n");
  }

  @Test
  void writesChineseWhereTheLocaleIsNotInstalled() {
    new Help(HelpTest.class, COMMANDS, Map.of("LANG", "zh_CN.UTF-8"))
        .answer(
            new PrintStream(out, true, StandardCharsets.US_ASCII),
            new PrintStream(err, true, StandardCharsets.US_ASCII),
            "--help");

    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("用法。\n");
  }

  @Test
  void believesLcAllMoreThanLang() {
    answer(Map.of("LC_ALL", "en_GB.UTF-8", "LANG", "zh_CN.UTF-8"), "--help");

    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("How to use it.\n");
  }

  @Test
  void tellsItsVersion() {
    assertThat(answer(Map.of(), "--version")).hasValue(0);
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("(Java " + Runtime.version() + ")");
  }

  @Test
  void refusesAnUnknownCommandWithTheOneThatWasMeant() {
    assertThat(answer(Map.of(), "try-profil", "a.yml")).hasValue(2);
    assertThat(err.toString(StandardCharsets.UTF_8).strip())
        .isEqualTo(
            "There is no command 'try-profil': did you mean try-profile? --help tells more.");
  }

  @Test
  void leavesTheRestToTheProgram() {
    assertThat(answer(Map.of())).isEmpty();
    assertThat(answer(Map.of(), "--linli.store=influx")).isEmpty();
    assertThat(answer(Map.of(), "try-profile", "--help")).isEmpty();
    assertThat(out.size() + err.size()).isZero();
  }

  private OptionalInt answer(Map<String, String> environment, String... arguments) {
    return new Help(HelpTest.class, COMMANDS, environment)
        .answer(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            arguments);
  }
}
