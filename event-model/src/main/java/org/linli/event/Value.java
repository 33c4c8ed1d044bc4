package org.linli.event;

/** One value in an event: a number, a boolean or a string, kept as the device gave it. */
public sealed interface Value {

  /** A whole number that fits 64 bits. */
  record Whole(long number) implements Value {}

  /**
   * A finite number with a fraction, an exponent or more than 64 bits.
   *
   * @throws IllegalArgumentException from the constructor for NaN and infinities, which JSON cannot
   *     express (RFC 8259 section 6)
   */
  record Real(double number) implements Value {
    public Real {
      if (!Double.isFinite(number)) {
        throw new IllegalArgumentException("a number must be finite, this one is " + number);
      }
    }
  }

  /** A boolean. */
  record Truth(boolean truth) implements Value {}

  /**
   * A string of at most {@value #MAX_LENGTH} characters.
   *
   * @throws IllegalArgumentException from the constructor when it is longer or has an unpaired
   *     surrogate
   */
  record Text(String text) implements Value {
    public static final int MAX_LENGTH = 1024;

    public Text {
      if (text.length() > MAX_LENGTH) {
        throw new IllegalArgumentException(
            "a string has "
                + text.length()
                + " characters, at most "
                + MAX_LENGTH
                + " are allowed");
      }
      for (int i = 0; i < text.length(); i++) {
        if (Character.isHighSurrogate(text.charAt(i))
            && i + 1 < text.length()
            && Character.isLowSurrogate(text.charAt(i + 1))) {
          i++;
        } else if (Character.isSurrogate(text.charAt(i))) {
          throw new IllegalArgumentException(
              "a string has half a surrogate pair at position " + (i + 1));
        }
      }
    }
  }
}
