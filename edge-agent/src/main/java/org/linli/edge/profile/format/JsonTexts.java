package org.linli.edge.profile.format;

import org.jspecify.annotations.Nullable;

/**
 * Reads the names, texts and words of a document that is nearly JSON, and tells what is wrong with
 * them. For one document.
 */
final class JsonTexts {

  /** How many texts, lists and objects are read again because they swallowed what follows them. */
  private static final int MOST_AGAIN = 16;

  private static final int HEX = 16;
  private static final int HEX_OF_UNIT = 4;
  private static final String ESCAPES = "\"\\/bfnrt";

  private final String document;
  private final JsonFaults faults;
  private int at;
  private int again;

  /** Where a quote behind a backslash would have ended the last text; -1 for nowhere. */
  private int endedAt = -1;

  private String ended = "";

  /** The last text, and where a name in it begins that stands after a comma; -1 for nowhere. */
  private StringBuilder last = new StringBuilder();

  private int nameAt = -1;

  private boolean hasSwallowed;

  /** How much of the last text stands before the comma before that name. */
  private int beforeName;

  JsonTexts(String document, JsonFaults faults) {
    this.document = document;
    this.faults = faults;
  }

  boolean isAtEnd() {
    return at >= document.length();
  }

  boolean isAt(char wanted) {
    return !isAtEnd() && document.charAt(at) == wanted;
  }

  boolean isAt(String some) {
    return !isAtEnd() && some.indexOf(document.charAt(at)) >= 0;
  }

  /** Whether a sign of a word or a number comes next. */
  boolean isAtWord() {
    return !isAtEnd() && isOfName(document.charAt(at));
  }

  void next() {
    at++;
  }

  boolean skip(String some) {
    boolean isThere = isAt(some);
    at += isThere ? 1 : 0;
    return isThere;
  }

  /** Skips what stands before that sign, or all; what was skipped. */
  String skipTo(char wanted) {
    int from = at;
    int found = document.indexOf(wanted, at);
    at = found < 0 ? document.length() : found;
    return document.substring(from, at);
  }

  String rest() {
    return document.substring(at);
  }

  /** Where this is, for {@link #goBackTo}. */
  int position() {
    return at;
  }

  void goBackTo(int position) {
    at = position;
  }

  /**
   * Steps over the decimals behind a comma at which this is, if they stand by themselves: {@code
   * 0,7}.
   *
   * @return the comma and the decimals; empty if there are none
   */
  String decimals() {
    int end = at + 1;
    while (end < document.length() && Character.isDigit(document.charAt(end))) {
      end++;
    }
    int after = end;
    while (after < document.length() && isBlank(document.charAt(after))) {
      after++;
    }
    boolean areThere =
        isAt(',')
            && end > at + 1
            && (after == document.length() || ",}".indexOf(document.charAt(after)) >= 0);
    String decimals = areThere ? document.substring(at, end) : "";
    at += decimals.length();
    return decimals;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  /** Skips white space, control characters, byte order marks and comments. */
  void skipSpaces() {
    while (!isAtEnd()) {
      if (isSpace(document.charAt(at))) {
        at++;
      } else if (document.startsWith("/*", at)) {
        faults.note("there is a comment");
        int end = document.indexOf("*/", at + 2);
        at = end < 0 ? document.length() : end + 2;
      } else if (document.startsWith("//", at) || document.charAt(at) == '#') {
        faults.note("there is a comment");
        int end = document.indexOf('\n', at);
        at = end < 0 ? document.length() : end;
      } else {
        return;
      }
    }
  }

  private boolean isSpace(char c) {
    if (c < ' ' && c != '\t' && c != '\n' && c != '\r') {
      faults.note("there is a control character");
      return true;
    }
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\uFEFF';
  }

  /** Whether one of these comes next, after spaces. */
  boolean isBefore(String some) {
    skipSpaces();
    return isAt(some);
  }

  /** A name as JSON writes it within its quotes; null if the message breaks off in it. */
  @Nullable String name() {
    nameAt = -1;
    if (isAt("\"'")) {
      return text(true);
    }
    int from = at;
    while (!isAtEnd() && !isAt(":=,{}[]\"'\n")) {
      at++;
    }
    if (isAtEnd()) {
      return null;
    }
    if (at == from) {
      at++;
    }
    faults.unsure("a name has no quotes");
    String name = document.substring(from, at).strip();
    if (isAt("\"'") && isColonAfter()) {
      // It has the second one alone, and maybe another sign in place of the first.
      at++;
      name = name.isEmpty() || isOfName(name.charAt(0)) ? name : name.substring(1);
    }
    return quoted(name);
  }

  /** A value without quotes. */
  String word() {
    int from = at;
    while (!isAtEnd() && !isAt(",{}[]\"'\n\0") && !isAtComment()) {
      at++;
    }
    return document.substring(from, at).strip();
  }

  /** Whether a comment begins, and no address such as {@code http://…} goes on. */
  private boolean isAtComment() {
    return document.startsWith("/*", at)
        || Character.isWhitespace(document.charAt(at - 1))
            && (isAt('#') || document.startsWith("//", at));
  }

  /** A text as JSON writes it within its quotes; null if the message breaks off in it. */
  @Nullable String text() {
    return text(false);
  }

  private @Nullable String text(boolean isName) {
    char quote = document.charAt(at);
    if (quote == '\'') {
      faults.unsure("there are single quotes");
    }
    at++;
    endedAt = -1;
    nameAt = -1;
    // Where a comma stands, while only spaces follow.
    int comma = -1;
    StringBuilder text = new StringBuilder();
    last = text;
    for (; !isAtEnd(); at++) {
      char c = document.charAt(at);
      if (c == quote && (endsHere() || isName && isSpaceAfter())) {
        at++;
        return text.toString();
      }
      if (c == '\\') {
        if (at + 1 == document.length()) {
          break;
        }
        escape(text, quote);
        comma = -1;
      } else {
        if (c == quote) {
          faults.unsure("there is a quote within a text");
          if (comma >= 0) {
            nameAt = at;
            beforeName = comma;
          }
        } else if (c < ' ') {
          faults.note("there is a control character in a text");
        }
        hasSwallowed |= comma >= 0 && isAt("\"'");
        comma = c == ',' ? text.length() : Character.isWhitespace(c) ? comma : -1;
        if (!isName || c >= ' ') {
          append(text, c);
        }
      }
    }
    at = document.length();
    return null;
  }

  private static boolean isOfName(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  private boolean isColonAfter() {
    int after = at + 1;
    while (after < document.length() && isBlank(document.charAt(after))) {
      after++;
    }
    return after < document.length() && document.charAt(after) == ':';
  }

  private boolean isSpaceAfter() {
    return at + 1 < document.length() && Character.isWhitespace(document.charAt(at + 1));
  }

  /** A quote that nothing follows which may stand after a text is one within it. */
  private boolean endsHere() {
    int after = at + 1;
    while (after < document.length() && Character.isWhitespace(document.charAt(after))) {
      after++;
    }
    return after >= document.length()
        || ",:}]=\0".indexOf(document.charAt(after)) >= 0
        || after > at + 1 && "\"'".indexOf(document.charAt(after)) >= 0
        || document.startsWith("//", after)
        || document.startsWith("/*", after);
  }

  /** Reads what stands behind a backslash, at which this is. */
  private void escape(StringBuilder text, char quote) {
    char escaped = document.charAt(at + 1);
    if (escaped == quote) {
      at++;
      if (endedAt < 0 && endsHere()) {
        endedAt = at;
        ended = text + "\\\\";
      }
      append(text, escaped);
    } else if (escaped == '\'') {
      faults.note("there is an unknown escape");
      at++;
      text.append(escaped);
    } else if (ESCAPES.indexOf(escaped) >= 0) {
      text.append('\\').append(escaped);
      at++;
    } else if (escaped == 'u' && hasHex(at + 2, HEX_OF_UNIT)) {
      text.append(document, at, at + 2 + HEX_OF_UNIT);
      at += 1 + HEX_OF_UNIT;
    } else if (escaped == 'x' && hasHex(at + 2, 2)) {
      faults.note("there is an unknown escape");
      text.append("\\u00").append(document, at + 2, at + 2 + 2);
      at += 1 + 2;
    } else {
      faults.note("there is an unknown escape");
      text.append("\\\\");
    }
  }

  /**
   * The last text as it is if it ended at a quote behind a backslash, as the path of a folder does;
   * what follows is read again. Null if there was none.
   */
  @Nullable String endedBefore() {
    if (endedAt < 0 || !mayReadAgain()) {
      return null;
    }
    at = endedAt + 1;
    endedAt = -1;
    return ended;
  }

  /**
   * The last text as it is if it ended before a name that it swallowed, because its own quote is
   * missing; that name is read next. Null if there is none.
   */
  @Nullable String endedBeforeName() {
    if (nameAt < 0) {
      return null;
    }
    at = nameAt;
    nameAt = -1;
    return last.substring(0, beforeName);
  }

  /** Whether a name stood in a text since {@link #forgetSwallowed}, behind a comma. */
  boolean hasSwallowed() {
    return hasSwallowed;
  }

  void forgetSwallowed() {
    hasSwallowed = false;
  }

  /** Whether something may be read a second time, which counts. */
  boolean mayReadAgain() {
    return ++again <= MOST_AGAIN;
  }

  boolean mayHaveEnded() {
    return endedAt >= 0 && again < MOST_AGAIN;
  }

  private boolean hasHex(int from, int digits) {
    if (from + digits > document.length()) {
      return false;
    }
    for (int i = from; i < from + digits; i++) {
      if (Character.digit(document.charAt(i), HEX) < 0 || document.charAt(i) > 'f') {
        return false;
      }
    }
    return true;
  }

  /** A text as JSON writes it within its quotes. */
  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\\') {
        quoted.append('\\');
      }
      append(quoted, text.charAt(i));
    }
    return quoted.toString();
  }

  private static void append(StringBuilder text, char c) {
    switch (c) {
      case '"' -> text.append("\\\"");
      case '\n' -> text.append("\\n");
      case '\r' -> text.append("\\r");
      case '\t' -> text.append("\\t");
      default -> {
        if (c < ' ') {
          text.append("\\u%04x".formatted((int) c));
        } else {
          text.append(c);
        }
      }
    }
  }
}
