package org.linli.program;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * In which language, and in which characters, a person reads what a program prints.
 *
 * @param isChinese whether the locale is Chinese and the terminal can show it; otherwise English
 * @param charset one that has every character of both
 */
public record Terminal(boolean isChinese, Charset charset) {

  /**
   * @param out what the person reads
   * @param environment the variables of the process
   */
  public static Terminal of(PrintStream out, Map<String, String> environment) {
    String locale = locale(environment);
    boolean isAble = out.charset().newEncoder().canEncode("邻里");
    // The locale is set but not installed: Java assumes ASCII, the terminal does not.
    boolean isUtf8 = locale.toLowerCase(Locale.ROOT).replace("-", "").endsWith("utf8");
    return new Terminal(
        locale.startsWith("zh") && (isAble || isUtf8),
        isAble ? out.charset() : StandardCharsets.UTF_8);
  }

  /** The locale by the POSIX rule: the first of these variables that is not empty. */
  private static String locale(Map<String, String> environment) {
    return Stream.of("LC_ALL", "LC_MESSAGES", "LANG")
        .map(name -> environment.getOrDefault(name, ""))
        .filter(locale -> !locale.isEmpty())
        .findFirst()
        .orElseGet(() -> Locale.getDefault().getLanguage());
  }

  /** Returns the language of its texts. */
  public Locale language() {
    return isChinese ? Locale.CHINESE : Locale.ENGLISH;
  }

  /** Returns a writer to this terminal, which writes each line at once. */
  public PrintWriter writer(PrintStream to) {
    return new PrintWriter(to, true, charset);
  }
}
