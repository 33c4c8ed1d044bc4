package org.linli.event.codec;

/**
 * Doubles as whole numbers and a power of ten, where that gives exactly the same double again. Both
 * {@code mantissa} and {@code 10^scale} are exact as doubles, so their quotient is the double
 * nearest to the decimal (IEEE 754 section 5.4.1): the one that a sensor's resolution was written
 * as.
 */
final class Decimals {

  /** The most decimals; a double with more takes as many bytes as its bits do. */
  static final int MAX_SCALE = 9;

  /** No decimal form: the double travels as its bits. */
  static final int NONE = -1;

  private static final double MAX_MANTISSA = 0x1p53;

  private static final double[] POWERS = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};

  private Decimals() {}

  /** The smallest scale at which the number is a whole mantissa; {@link #NONE} for none. */
  static int scaleOf(double number) {
    for (int scale = 0; scale <= MAX_SCALE; scale++) {
      if (fits(number, scale)) {
        return scale;
      }
    }
    return NONE;
  }

  /** Whether {@link #number} gives this very double back at that scale; always false for -0.0. */
  static boolean fits(double number, int scale) {
    double mantissa = Math.rint(number * POWERS[scale]);
    return Math.abs(mantissa) <= MAX_MANTISSA
        && Double.doubleToRawLongBits((long) mantissa / POWERS[scale])
            == Double.doubleToRawLongBits(number);
  }

  static long mantissa(double number, int scale) {
    return (long) Math.rint(number * POWERS[scale]);
  }

  static double number(long mantissa, int scale) {
    return mantissa / POWERS[scale];
  }
}
