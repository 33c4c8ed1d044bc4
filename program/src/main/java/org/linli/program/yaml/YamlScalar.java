package org.linli.program.yaml;

import java.util.regex.Pattern;

/**
 * Writes a text so that {@link YamlForm}, and every other reader of YAML, reads the same text:
 * plain where nobody could take it for anything else, and in double quotes otherwise.
 */
public final class YamlScalar {

  /** Words with at most one sign between them. */
  private static final Pattern PLAIN =
      Pattern.compile("[\\p{IsHan}A-Za-z0-9]+(?:[ ._/+-][\\p{IsHan}A-Za-z0-9]+)*");

  /** A number, a time or a date, or what looks like one. */
  private static final Pattern NUMBER = Pattern.compile("[0-9][^\\p{IsHan}]*");

  /** What YAML 1.1 or 1.2 takes for no value or for a truth. */
  private static final Pattern WORD =
      Pattern.compile("null|true|false|yes|no|on|off|y|n|inf|nan", Pattern.CASE_INSENSITIVE);

  private YamlScalar() {}

  public static String of(String text) {
    return PLAIN.matcher(text).matches()
            && !NUMBER.matcher(text).matches()
            && !WORD.matcher(text).matches()
        ? text
        : quoted(text);
  }

  /** In double quotes, with an escape for each character that a reader could change or not see. */
  public static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
              } else if (isVisible(c)) {
                quoted.appendCodePoint(c);
              } else {
                quoted.append((c > 0xFFFF ? "\\U%08X" : "\\u%04X").formatted(c));
              }
            });
    return quoted.append('"').toString();
  }

  private static boolean isVisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.PRIVATE_USE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }
}
