package org.linli.edge.local;

/**
 * Text of a device as a person may see it: characters that nobody sees, or that would move a cursor
 * or turn the text around, are {@code ·}.
 */
final class Printable {

  private static final char UNSEEN = '·';

  private Printable() {}

  /** On one line, cut after a number of characters. */
  static String line(String text, int most) {
    String shown = shown(text, most, false);
    return text.codePointCount(0, text.length()) > most ? shown + "…" : shown;
  }

  /** With its own line breaks and tabs. */
  static String lines(String text) {
    return shown(text.replace("\r\n", "\n"), Integer.MAX_VALUE, true);
  }

  private static String shown(String text, int most, boolean lines) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(most)
        .forEach(c -> shown.appendCodePoint(lines && (c == '\n' || c == '\t') ? c : seen(c)));
    return shown.toString();
  }

  private static int seen(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.PRIVATE_USE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          UNSEEN;
      default -> c;
    };
  }
}
