package org.linli.edge.outbox;

import java.time.Instant;

/** Whether the disk takes what is offered. */
public sealed interface OutboxState {

  /** The last commit succeeded. */
  record Working() implements OutboxState {}

  /**
   * The disk refuses: every message since then was answered unavailable, and the outbox tries again
   * by itself.
   *
   * @param since when the first commit failed
   * @param why a sentence for a person
   */
  record Refusing(Instant since, Cause cause, String why) implements OutboxState {}

  /** What kind of trouble it is, for who says it in other words. */
  enum Cause {
    /** The disk is full. */
    FULL,
    /** The quota or the disk is used up, and nothing is left that could be given up. */
    NO_ROOM,
    /** The file may not be written any more. */
    READ_ONLY,
    /** The disk fails to read or write. */
    DISK_ERRORS,
    /** The file is damaged. */
    DAMAGED,
    /** Somebody deleted, moved or replaced the file. */
    GONE,
    /** Something else, which {@link Refusing#why} says. */
    OTHER
  }
}
