package org.linli.edge.outbox;

/**
 * The parts of the outbox's quota, in bytes, computed from the most that one entry takes on the
 * disk. Events have the rest, 15 of 32 parts of {@code room} at least.
 *
 * @param log of the write-ahead log
 * @param sessions of MQTT sessions
 * @param identityLog of the identity log
 * @param deadLetters of dead letters
 * @param states of the known states of devices
 * @param room of events and of the state of devices
 */
record QuotaParts(
    long log, long sessions, long identityLog, long deadLetters, long states, long room) {

  static final int LEAST_DEVICES = 4;

  private static final int KB = 1024;
  private static final long LARGEST_LOG = 16L << 20;
  private static final int PART_OF_LOG = 4;
  private static final int PART_OF_SESSIONS = 32;
  private static final int PART_OF_IDENTITY_LOG = 32;
  private static final int PART_OF_DEAD_LETTERS_AND_STATES = 32;
  private static final int PART_OF_STATES = 128;

  /** The empty tables. */
  private static final long EMPTY = 128L * KB;

  /** Bytes of one event that came alone. */
  private static final int BYTES_IN_IDENTITY_LOG = 32;

  private static final int MOST_LOGGED = 100_000;

  /** A sample of 1 KB, two texts of 512 characters and one of 200, of three bytes each. */
  private static final int BYTES_OF_DEAD_LETTER = 5 * KB;

  /** With names of usual length, in pages that are not full. */
  private static final int BYTES_OF_STATE = 400;

  private static final int LEAST_STATES = 16;

  /** A name of 384 bytes, twice, in pages that are not full; with losses and the offline state. */
  private static final int BYTES_BESIDE_IDS = 4 * KB;

  private static final int BYTES_OF_ID = 12;
  private static final int MOST_DEVICES = 65_536;

  /** For one part in this many there are further places, for devices with an urgent event. */
  private static final int URGENT_PART = 16;

  static QuotaParts of(long quota, long waiting) {
    long log = Math.min(LARGEST_LOG, quota / PART_OF_LOG);
    long sessions = quota / PART_OF_SESSIONS;
    long identityLog =
        Math.min(3L * MOST_LOGGED * BYTES_IN_IDENTITY_LOG / 2, quota / PART_OF_IDENTITY_LOG);
    long states = quota / PART_OF_STATES;
    long deadLetters = quota / PART_OF_DEAD_LETTERS_AND_STATES - states;
    // A commit first adds new rows and then gives up old ones, so it needs room for both.
    long room = quota - log - sessions - identityLog - deadLetters - states - waiting - EMPTY;
    return new QuotaParts(log, sessions, identityLog, deadLetters, states, room);
  }

  /** The smallest quota with room for a few devices and as much again for events. */
  static long least(long waiting, int rememberedIds) {
    long needed = waiting + EMPTY + 2 * LEAST_DEVICES * bytesOfDevice(rememberedIds);
    long left = 32 - 32 / PART_OF_LOG - 3;
    return Math.ceilDiv(Math.ceilDiv(needed * 32, left), KB) * KB;
  }

  private static long bytesOfDevice(int rememberedIds) {
    return BYTES_BESIDE_IDS + (long) BYTES_OF_ID * rememberedIds;
  }

  /** How many unregistered devices are remembered. */
  int unregistered(int rememberedIds) {
    return (int) Math.clamp(room / 2 / bytesOfDevice(rememberedIds), LEAST_DEVICES, MOST_DEVICES);
  }

  /** How many more of them are remembered if an event of the new one is urgent. */
  int urgentUnregistered(int rememberedIds) {
    return unregistered(rememberedIds) / URGENT_PART;
  }

  /** How many devices there may be in total before there is no room for unregistered ones. */
  long devices(int rememberedIds) {
    return Math.max(LEAST_DEVICES, room / 4 * 3 / bytesOfDevice(rememberedIds));
  }

  /**
   * Number of events after which their devices are saved. Half as many more may come until all are
   * saved.
   */
  int loggedEvents() {
    return (int) Math.clamp(identityLog * 2 / 3 / BYTES_IN_IDENTITY_LOG, 1, MOST_LOGGED);
  }

  /** How many known states there is room for. */
  int knownStates() {
    return (int) Math.clamp(states / BYTES_OF_STATE, LEAST_STATES, Integer.MAX_VALUE);
  }

  /** How many dead letters there is room for. */
  int letters() {
    return (int) Math.clamp(deadLetters / BYTES_OF_DEAD_LETTER, 1, Integer.MAX_VALUE);
  }
}
