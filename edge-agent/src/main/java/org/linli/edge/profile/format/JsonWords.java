package org.linli.edge.profile.format;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Values without quotes as programs write them that know no JSON. */
final class JsonWords {

  private static final Set<String> TRUE = Set.of("true", ".true.");
  private static final Set<String> FALSE = Set.of("false", ".false.");
  private static final Set<String> NOTHING =
      Set.of("null", "none", "undefined", "nil", "nul", "(null)", "<null>", "n/a");
  private static final Set<String> NO_NUMBERS =
      Set.of("nan", "inf", "infinity", "-nan", "nan(ind)", "-nan(ind)", "ind", "qnan", "snan");

  private static final int LONGEST_NUMBER = 400;
  private static final String OF_NUMBERS = "0123456789+-.eE";
  private static final int HEX = 16;

  private JsonWords() {}

  /**
   * Whether it is one of the words that stand for a value, and no text or number of the document's.
   */
  static boolean isKnown(String word) {
    String small = word.toLowerCase(Locale.ROOT);
    return NO_NUMBERS.contains(small)
        || TRUE.contains(small)
        || FALSE.contains(small)
        || NOTHING.contains(small);
  }

  /** Whether it is NaN or infinite, which JSON cannot say. */
  static boolean isNoNumber(String word) {
    String small = word.toLowerCase(Locale.ROOT);
    String unsigned = small.startsWith("+") || small.startsWith("-") ? small.substring(1) : small;
    return NO_NUMBERS.contains(unsigned)
        || NO_NUMBERS.contains(small)
        || unsigned.startsWith("1.#");
  }

  /** Whether it is a number that is longer than that. */
  static boolean isNumberBeyond(String word, int longest) {
    return word.length() > longest && isAll(word, 0, OF_NUMBERS);
  }

  /** The value in JSON; null if it is a text. */
  static @Nullable String json(String word) {
    String small = word.toLowerCase(Locale.ROOT);
    if (TRUE.contains(small)) {
      return "true";
    }
    if (FALSE.contains(small)) {
      return "false";
    }
    return NOTHING.contains(small) ? "null" : number(small);
  }

  /**
   * A number with a plus, leading zeros, a bare point, or in hexadecimal digits; null if it is
   * none.
   */
  private static @Nullable String number(String word) {
    if (word.length() > LONGEST_NUMBER) {
      return null;
    }
    boolean isNegative = word.startsWith("-");
    String unsigned = isNegative || word.startsWith("+") ? word.substring(1) : word;
    if (unsigned.startsWith("0x") && isAll(unsigned, 2, "0123456789abcdef")) {
      return (isNegative ? "-" : "") + new BigInteger(unsigned.substring(2), HEX);
    }
    int exponentAt = unsigned.indexOf('e');
    String exponent = exponentAt < 0 ? "" : unsigned.substring(exponentAt);
    String mantissa = exponentAt < 0 ? unsigned : unsigned.substring(0, exponentAt);
    int point = mantissa.indexOf('.');
    String whole = point < 0 ? mantissa : mantissa.substring(0, point);
    String fraction = point < 0 ? "" : mantissa.substring(point + 1);
    boolean isNumber =
        isDigits(whole)
            && isDigits(fraction)
            && whole.length() + fraction.length() > 0
            && (exponent.isEmpty() || isExponent(exponent));
    if (!isNumber) {
      return null;
    }
    int zeros = 0;
    while (zeros < whole.length() - 1 && whole.charAt(zeros) == '0') {
      zeros++;
    }
    return (isNegative ? "-" : "")
        + (whole.isEmpty() ? "0" : whole.substring(zeros))
        + (fraction.isEmpty() ? "" : "." + fraction)
        + exponent;
  }

  private static boolean isExponent(String exponent) {
    int from = exponent.length() > 1 && "+-".indexOf(exponent.charAt(1)) >= 0 ? 2 : 1;
    return from < exponent.length() && isDigits(exponent.substring(from));
  }

  private static boolean isDigits(String text) {
    return text.isEmpty() || isAll(text, 0, "0123456789");
  }

  private static boolean isAll(String text, int from, String allowed) {
    for (int i = from; i < text.length(); i++) {
      if (allowed.indexOf(text.charAt(i)) < 0) {
        return false;
      }
    }
    return from < text.length();
  }
}
