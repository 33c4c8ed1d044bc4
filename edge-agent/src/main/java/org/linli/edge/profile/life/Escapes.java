package org.linli.edge.profile.life;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Undoes the escapes behind which a word can stand in bytes that nobody could read: {@code %73},
 * {@code \\u0073}, {@code \\x73} and {@code &#115;}. Anything else stays as it is.
 */
final class Escapes {

  private static final int HEX = 16;
  private static final int DECIMAL = 10;
  private static final int UNIT = 4;

  /** Of the number of a character. */
  private static final int MOST_DIGITS = 7;

  private Escapes() {}

  /** Whether there may be one. */
  static boolean mayHave(byte[] bytes) {
    for (byte b : bytes) {
      if (b == '%' || b == '\\' || b == '&') {
        return true;
      }
    }
    return false;
  }

  static byte[] undone(byte[] bytes) {
    ByteArrayOutputStream undone = new ByteArrayOutputStream(bytes.length);
    int at = 0;
    while (at < bytes.length) {
      if (bytes[at] == '%' && number(bytes, at + 1, 2) >= 0) {
        undone.write(number(bytes, at + 1, 2));
        at += 1 + 2;
      } else if (bytes[at] == '\\'
          && at + 1 < bytes.length
          && bytes[at + 1] == 'x'
          && number(bytes, at + 2, 2) >= 0) {
        undone.write(number(bytes, at + 2, 2));
        at += 2 + 2;
      } else if (reference(bytes, at) > 0) {
        int end = reference(bytes, at);
        undone.writeBytes(referred(bytes, at, end).getBytes(StandardCharsets.UTF_8));
        at = end < bytes.length && bytes[end] == ';' ? end + 1 : end;
      } else if (isUnit(bytes, at)) {
        StringBuilder units = new StringBuilder();
        // A character may have two of them.
        for (; isUnit(bytes, at) && units.length() < 2; at += 2 + UNIT) {
          units.append((char) number(bytes, at + 2, UNIT));
        }
        undone.writeBytes(units.toString().getBytes(StandardCharsets.UTF_8));
      } else {
        undone.write(bytes[at]);
        at++;
      }
    }
    return undone.toByteArray();
  }

  private static boolean isUnit(byte[] bytes, int at) {
    return at + 1 < bytes.length
        && (bytes[at] == '\\' || bytes[at] == '%')
        && (bytes[at + 1] == 'u' || bytes[at + 1] == 'U')
        && number(bytes, at + 2, UNIT) >= 0;
  }

  /** Where the digits of {@code &#28779;} or {@code &#x706B;} end; 0 if there are none. */
  private static int reference(byte[] bytes, int at) {
    if (bytes[at] != '&' || at + 2 >= bytes.length || bytes[at + 1] != '#') {
      return 0;
    }
    boolean isHex = Letters.small(bytes[at + 2]) == 'x';
    int from = isHex ? at + 2 + 1 : at + 2;
    int end = from;
    while (end < bytes.length
        && end < from + MOST_DIGITS
        && Character.digit(bytes[end], isHex ? HEX : DECIMAL) >= 0) {
      end++;
    }
    return end == from ? 0 : end;
  }

  private static String referred(byte[] bytes, int at, int end) {
    boolean isHex = Letters.small(bytes[at + 2]) == 'x';
    int from = isHex ? at + 2 + 1 : at + 2;
    int number =
        Integer.parseInt(
            new String(bytes, from, end - from, StandardCharsets.US_ASCII), isHex ? HEX : DECIMAL);
    return Character.isValidCodePoint(number) ? Character.toString(number) : "";
  }

  /** A hexadecimal number of so many digits; -1 if there is none. */
  private static int number(byte[] bytes, int from, int digits) {
    if (from + digits > bytes.length) {
      return -1;
    }
    int number = 0;
    for (int i = from; i < from + digits; i++) {
      int digit = Character.digit(bytes[i], HEX);
      if (digit < 0) {
        return -1;
      }
      number = number * HEX + digit;
    }
    return number;
  }
}
