package org.linli.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {

  private static Terminal terminal(String charset, String locale) {
    return Terminal.of(
        new PrintStream(new ByteArrayOutputStream(), true, Charset.forName(charset)),
        Map.of("LANG", locale));
  }

  @Test
  void isChineseWhereItCanShowIt() {
    assertThat(terminal("UTF-8", "zh_CN.UTF-8"))
        .isEqualTo(new Terminal(true, StandardCharsets.UTF_8));
    assertThat(terminal("GBK", "zh_CN.GBK")).isEqualTo(new Terminal(true, Charset.forName("GBK")));
    assertThat(terminal("US-ASCII", "zh_CN.utf8"))
        .isEqualTo(new Terminal(true, StandardCharsets.UTF_8));
  }

  /** Names of people and places are Chinese in English sentences, too. */
  @Test
  void writesChineseNamesInEnglishSentencesEverywhere() {
    assertThat(terminal("US-ASCII", "C")).isEqualTo(new Terminal(false, StandardCharsets.UTF_8));
    assertThat(terminal("US-ASCII", "zh_CN.GB18030"))
        .isEqualTo(new Terminal(false, StandardCharsets.UTF_8));
    assertThat(terminal("UTF-8", "en_GB.UTF-8"))
        .isEqualTo(new Terminal(false, StandardCharsets.UTF_8));
  }
}
