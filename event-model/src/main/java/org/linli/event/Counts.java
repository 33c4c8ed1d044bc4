package org.linli.event;

/** The range of every count that comes from outside, and sums that stay in it. */
public final class Counts {

  /** Beyond it a program that counts in floating point does not know one from the next. */
  public static final long LARGEST = 1L << 53;

  private Counts() {}

  /**
   * @param least the smallest count that makes sense
   * @throws IllegalArgumentException naming the count, when it is below that or above {@link
   *     #LARGEST}
   */
  static long require(String what, long count, long least) {
    if (count < least || count > LARGEST) {
      throw new IllegalArgumentException(
          "%s is %d, %d to %d are allowed".formatted(what, count, least, LARGEST));
    }
    return count;
  }

  /**
   * The sum of two counts; {@link #LARGEST} where it would be more.
   *
   * @param one at most {@link #LARGEST}, also negative
   * @param other the same
   */
  public static long sum(long one, long other) {
    return Math.min(LARGEST, one + other);
  }
}
