package org.linli.sims.disk;

/**
 * How much unsynced data a power cut leaves.
 *
 * @param tornPages whether parts survive by chance: of each unsynced page of 4 KiB nothing,
 *     everything, or its first sectors of 512 bytes; of each directory all of its unsynced changes
 *     or none. Otherwise nothing survives.
 * @param flippedBits whether one bit is wrong in half of the unsynced pages of which something
 *     survives
 */
public record Survival(boolean tornPages, boolean flippedBits) {

  /** Nothing that was not synced survives. */
  public static final Survival NOTHING = new Survival(false, false);

  /** Parts survive. */
  public static final Survival TORN = new Survival(true, false);

  /** Parts survive, some with wrong bits. */
  public static final Survival TORN_AND_FLIPPED = new Survival(true, true);
}
