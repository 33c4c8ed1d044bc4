package org.linli.edge.profile.life;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * Recognises a word whose value next to it denies it: {@code "smoke":false}, {@code
 * fire_alarm=end}, {@code "烟感":"正常"}. Any other word counts as affirmed. Only a few bytes are
 * checked.
 */
final class NegatedWord {

  /** What the name of a state may end with, besides the word. */
  private static final List<byte[]> RESTS =
      bytes(
          "alarm",
          "alert",
          "detection",
          "detected",
          "detector",
          "leakage",
          "leak",
          "sensor",
          "state",
          "status",
          "报警",
          "告警",
          "状态");

  private static final List<byte[]> VALUES =
      bytes(
          "false", "off", "normal", "cleared", "clear", "ended", "end", "none", "no", "ok", "0",
          "正常", "解除", "结束");

  private static final int MOST_RESTS = 3;
  private static final int MOST_SPACES = 4;
  private static final String BEFORE_NAME = "\"'{[<,;&(?\n\r\t";
  private static final String AFTER_VALUE = ",}];&<)\n\r\0";

  private final byte[] bytes;

  /** Whether the word begins the name of an XML element. */
  private final boolean isElement;

  private int at;

  private NegatedWord(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.isElement = from > 0 && bytes[from - 1] == '<';
    this.at = to;
  }

  /**
   * @param from where the word begins
   * @param to where it ends
   */
  static boolean matches(byte[] bytes, int from, int to) {
    return isClosingTag(bytes, from)
        || isWholeName(bytes, from) && new NegatedWord(bytes, from, to).isDenied();
  }

  /** The tag that opened it decided. */
  private static boolean isClosingTag(byte[] bytes, int from) {
    return from > 1 && bytes[from - 1] == '/' && bytes[from - 2] == '<';
  }

  /** {@code noSmoke} is another matter. */
  private static boolean isWholeName(byte[] bytes, int from) {
    int before = from - 1;
    while (before >= 0 && from - before <= MOST_SPACES && bytes[before] == ' ') {
      before--;
    }
    return before < 0 || BEFORE_NAME.indexOf(bytes[before]) >= 0;
  }

  private boolean isDenied() {
    for (int i = 0; i < MOST_RESTS && skipRest(); i++) {
      // Until there is no more.
    }
    var _ = skip('"') || skip('\'');
    skipSpaces();
    boolean isAssigned = skip('=');
    if (!isAssigned && !skip(':') && !(isElement && skip('>'))) {
      return false;
    }
    skipSpaces();
    char quote = skip('"') ? '"' : skip('\'') ? '\'' : 0;
    boolean isDigit = at < bytes.length && bytes[at] == '0';
    if (!skipOneOf(VALUES)) {
      return false;
    }
    if (quote != 0) {
      return skip(quote);
    }
    skipSpaces();
    // At the end of JSON that was cut, 0 may be the beginning of 0.7.
    return at == bytes.length ? isAssigned || !isDigit : AFTER_VALUE.indexOf(bytes[at]) >= 0;
  }

  private boolean skipRest() {
    int before = at;
    if (at < bytes.length && "_- ".indexOf(bytes[at]) >= 0) {
      at++;
    }
    if (skipOneOf(RESTS)) {
      return true;
    }
    at = before;
    return false;
  }

  private void skipSpaces() {
    for (int i = 0; i < MOST_SPACES && skip(' '); i++) {
      // Until there is no more.
    }
  }

  private boolean skip(char wanted) {
    boolean isThere = at < bytes.length && bytes[at] == wanted;
    at += isThere ? 1 : 0;
    return isThere;
  }

  private boolean skipOneOf(List<byte[]> texts) {
    for (byte[] text : texts) {
      if (stands(text)) {
        at += text.length;
        return true;
      }
    }
    return false;
  }

  private boolean stands(byte[] text) {
    if (text.length > bytes.length - at) {
      return false;
    }
    for (int i = 0; i < text.length; i++) {
      byte b = bytes[at + i];
      if ((b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b) != text[i]) {
        return false;
      }
    }
    return true;
  }

  private static List<byte[]> bytes(String... texts) {
    return Stream.of(texts)
        .flatMap(
            text -> Stream.of(text.getBytes(StandardCharsets.UTF_8), text.getBytes(Readings.GBK)))
        .toList();
  }
}
