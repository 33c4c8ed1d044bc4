package org.linli.event;

/**
 * A gateway's count of one lane, in events (delivery contract, point 8).
 *
 * @param taken committed to the outbox
 * @param shed dropped because the outbox was full
 * @throws IllegalArgumentException from the constructor when a count is negative or above {@link
 *     Counts#LARGEST}
 */
public record LaneLedger(long taken, long shed) {

  public static final LaneLedger EMPTY = new LaneLedger(0, 0);

  public LaneLedger {
    if (taken < 0 || shed < 0) {
      throw new IllegalArgumentException(
          "counts cannot be negative: taken " + taken + ", shed " + shed);
    }
    Counts.require("the count of what was taken", taken, 0);
    Counts.require("the count of what was shed", shed, 0);
  }
}
