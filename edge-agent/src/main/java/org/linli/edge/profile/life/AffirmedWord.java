package org.linli.edge.profile.life;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * Whether a word is the name of a state that holds: {@code "co":true}, {@code co=1}, {@code
 * <co>ON</co>}. For words that are too short to mean anything by themselves. A few bytes are looked
 * at.
 */
final class AffirmedWord {

  private static final String BEFORE_NAME = "\"'{[<,;&(?\n\r\t_";
  private static final String QUOTES = "\"'";
  private static final String SPACES = " \t\r\n";
  private static final int MOST_SPACES = 4;

  private static final List<byte[]> VALUES =
      Stream.of(
              "true",
              "on",
              "yes",
              "alarm",
              "alert",
              "detected",
              "active",
              "triggered",
              "high",
              "danger",
              "leak",
              "报警",
              "告警",
              "超标")
          .flatMap(
              text -> Stream.of(text.getBytes(StandardCharsets.UTF_8), text.getBytes(Readings.GBK)))
          .toList();

  private AffirmedWord() {}

  /**
   * @param from where the word begins
   * @param to where it ends
   */
  static boolean matches(byte[] bytes, int from, int to) {
    if (from > 0 && BEFORE_NAME.indexOf(bytes[from - 1]) < 0) {
      return false;
    }
    boolean isElement = from > 0 && bytes[from - 1] == '<';
    int at = after(SPACES, bytes, after(QUOTES, bytes, to, 1), MOST_SPACES);
    if (at == bytes.length || "=:".indexOf(bytes[at]) < 0 && !(isElement && bytes[at] == '>')) {
      return false;
    }
    int value = after(QUOTES, bytes, after(SPACES, bytes, at + 1, MOST_SPACES), 1);
    return isOneOrMore(bytes, value)
        || VALUES.stream().anyMatch(each -> begins(each, bytes, value));
  }

  private static int after(String some, byte[] bytes, int from, int most) {
    int at = from;
    while (at < bytes.length && at < from + most && some.indexOf(bytes[at]) >= 0) {
      at++;
    }
    return at;
  }

  /** The air of a street has some tenths of it. */
  private static boolean isOneOrMore(byte[] bytes, int from) {
    int at = after("0", bytes, from, MOST_SPACES);
    return at < bytes.length && bytes[at] >= '1' && bytes[at] <= '9';
  }

  private static boolean begins(byte[] value, byte[] bytes, int from) {
    if (value.length > bytes.length - from) {
      return false;
    }
    for (int i = 0; i < value.length; i++) {
      byte b = bytes[from + i];
      if ((b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b) != value[i]) {
        return false;
      }
    }
    int end = from + value.length;
    return end == bytes.length || !Character.isLetter(bytes[end]);
  }
}
