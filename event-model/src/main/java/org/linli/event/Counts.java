package org.linli.event;

/** The range of every count that comes from outside, and sums that stay within it. */
public final class Counts {

  /** Above this, a program that counts in floating point cannot tell one number from the next. */
  public static final long LARGEST = 1L << 53;

  private Counts() {}

  /**
   * @param least the smallest valid count
   * @throws IllegalArgumentException naming the count, when it is below {@code least} or above
   *     {@link #LARGEST}
   */
  static long require(String what, long count, long least) {
    if (count < least || count > LARGEST) {
      throw new IllegalArgumentException(
          "%s is %d, %d to %d are allowed".formatted(what, count, least, LARGEST));
    }
    return count;
  }

  /**
   * The sum of two counts, at most {@link #LARGEST}.
   *
   * @param one at most {@link #LARGEST}, may be negative
   * @param other the same
   */
  public static long sum(long one, long other) {
    return Math.min(LARGEST, one + other);
  }
}
