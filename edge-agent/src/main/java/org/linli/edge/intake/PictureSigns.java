package org.linli.edge.intake;

import java.util.regex.Pattern;

/** The signs of which pictures in texts are made, and what may stand between them. */
final class PictureSigns {

  private static final String BLANKS = " \t";
  private static final String LINE_ENDS = "\r\n";
  private static final String BETWEEN_NUMBERS = ",:; \t\r\n";

  /** What an escape may stand for in a picture, beside letters, digits and the end of a line. */
  private static final String ESCAPED = "+/=-_";

  private static final Pattern REFERENCE =
      Pattern.compile("&#(?:0*(?:9|10|13|32)|[xX]0*(?:9|[aA]|[dD]|20));");

  private static final boolean[] ENCODED = new boolean[256];
  private static final boolean[] OF_NUMBERS = new boolean[256];

  static {
    for (int sign = '0'; sign <= 'z'; sign++) {
      ENCODED[sign] = Character.isLetterOrDigit(sign);
    }
    for (char sign : "+/-_%".toCharArray()) {
      ENCODED[sign] = true;
    }
    for (char sign : "0123456789abcdefABCDEFxX-".toCharArray()) {
      OF_NUMBERS[sign] = true;
    }
  }

  private PictureSigns() {}

  /** Of base64, its form for addresses, or that of forms. */
  static boolean isEncoded(byte b) {
    return ENCODED[b & 0xff];
  }

  /** Of a byte as a number, decimal or hexadecimal. */
  static boolean isOfNumber(byte b) {
    return OF_NUMBERS[b & 0xff];
  }

  /** A digit, and not the x of {@code 0xff}. */
  static boolean isBeginningOfNumber(byte b) {
    return isOfNumber(b) && (b | 0x20) != 'x';
  }

  static boolean isBetweenNumbers(byte b) {
    return BETWEEN_NUMBERS.indexOf(b) >= 0;
  }

  static boolean isBlank(byte b) {
    return BLANKS.indexOf(b) >= 0;
  }

  /** Whether it may stand between two pieces of base64. */
  static boolean isBetweenPieces(byte b) {
    return isBlank(b) || LINE_ENDS.indexOf(b) >= 0;
  }

  /** Whether it is how XML writes white space. */
  static boolean isReference(String text) {
    return REFERENCE.matcher(text).matches();
  }

  /** Whether a character that was escaped may belong to a picture. */
  static boolean mayBeEscaped(int character) {
    return ESCAPED.indexOf(character) >= 0
        || character < ENCODED.length && Character.isLetterOrDigit(character);
  }
}
