package org.linli.edge.profile.life;

/**
 * Whether a word that stands in many texts, such as {@code help}, is a call: in capitals, the whole
 * of a text, a value, a state that holds, or the last level of a topic. Not in an address on the
 * web. A few bytes are looked at.
 */
final class CalledWord {

  private static final String OF_ADDRESS = "./@-_\\?&=#";
  private static final String QUOTES = "\"'>";
  private static final String ENDS_OF_VALUE = "\"'<";
  private static final String SPACES = " \t\r\n\0!";
  private static final int MOST_SPACES = 4;

  private CalledWord() {}

  /**
   * @param from where the word begins
   * @param to where it ends
   * @param isName whether the text is a topic, a path or a name
   */
  static boolean matches(byte[] bytes, int from, int to, boolean isName) {
    if (isName) {
      return (from == 0 || bytes[from - 1] == '/') && (to == bytes.length || bytes[to] == ' ');
    }
    if (isWhole(bytes, from, to) || AffirmedWord.matches(bytes, from, to)) {
      return true;
    }
    boolean isValue =
        from > 0
            && to < bytes.length
            && QUOTES.indexOf(bytes[from - 1]) >= 0
            && ENDS_OF_VALUE.indexOf(bytes[to]) >= 0
            && !isFollowedByColon(bytes, to + 1);
    return isValue || isShouted(bytes, from, to);
  }

  private static boolean isWhole(byte[] bytes, int from, int to) {
    return isBlank(bytes, 0, from) && isBlank(bytes, to, bytes.length);
  }

  private static boolean isBlank(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (i - from == MOST_SPACES || SPACES.indexOf(bytes[i]) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isFollowedByColon(byte[] bytes, int from) {
    int at = from;
    while (at < bytes.length && at < from + MOST_SPACES && SPACES.indexOf(bytes[at]) >= 0) {
      at++;
    }
    return at < bytes.length && bytes[at] == ':';
  }

  private static boolean isShouted(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!Letters.isCapital(bytes[i])) {
        return false;
      }
    }
    return (from == 0 || OF_ADDRESS.indexOf(bytes[from - 1]) < 0)
        && (to == bytes.length
            || OF_ADDRESS.indexOf(bytes[to]) < 0
            || to + 1 == bytes.length
            || !Letters.isLetter(bytes[to + 1]));
  }
}
