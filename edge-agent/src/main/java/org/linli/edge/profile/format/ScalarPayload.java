package org.linli.edge.profile.format;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Unreadable;

/** Payloads that are a bare word or number. Many formats publish states like this. */
public final class ScalarPayload {

  private static final int LONGEST_NUMBER = 32;

  private ScalarPayload() {}

  /**
   * The text without surrounding space, and without the NUL characters at the end of a buffer that
   * was sent whole.
   *
   * @throws Unreadable if it is not UTF-8
   */
  public static String read(byte[] payload) throws Unreadable {
    int begin = ReceivedText.begin(payload);
    int end = ReceivedText.end(payload);
    int broken = Utf8.firstMalformed(payload, begin, end);
    if (broken >= 0) {
      throw new Unreadable(RefusalReason.BAD_FIELD, "byte " + broken + ": is not UTF-8");
    }
    return ReceivedText.withoutPadding(
        new String(payload, begin, end - begin, StandardCharsets.UTF_8));
  }

  /** Adds the text as a number, as a boolean for {@code ON, OFF, true, false}, or as text. */
  public static void put(ValueCollector values, String name, String text) throws Unreadable {
    switch (text.toLowerCase(Locale.ROOT)) {
      case "" -> {}
      case "on", "true" -> values.put(name, true);
      case "off", "false" -> values.put(name, false);
      default -> {
        if (!isNumber(text)) {
          values.put(name, text);
        } else if (text.indexOf('.') < 0 && text.length() <= 18) {
          values.put(name, Long.parseLong(text));
        } else {
          values.put(name, Double.parseDouble(text));
        }
      }
    }
  }

  /** Whether it is digits with at most one point among them, and optionally a minus before them. */
  private static boolean isNumber(String text) {
    if (text.length() > LONGEST_NUMBER) {
      return false;
    }
    int digits = 0;
    int points = 0;
    for (int i = text.startsWith("-") ? 1 : 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        digits++;
      } else if (c == '.' && digits > 0) {
        points++;
      } else {
        return false;
      }
    }
    return digits > 0 && points <= 1;
  }

  /**
   * Whether a word means online.
   *
   * @param field its field, for the error message; empty for the payload itself
   * @throws Unreadable if it is neither {@code online} nor {@code offline}
   */
  public static boolean isOnline(String field, String word) throws Unreadable {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "online" -> true;
      case "offline" -> false;
      default ->
          throw Unreadable.quoting(
              RefusalReason.BAD_FIELD,
              (field.isEmpty() ? "the payload" : field) + ": is neither online nor offline",
              word);
    };
  }
}
