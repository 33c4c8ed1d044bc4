package org.linli.edge.outbox;

import java.time.Instant;

/** Whether the disk accepts messages. */
public sealed interface OutboxState {

  /** The last commit succeeded. */
  record Working() implements OutboxState {}

  /**
   * The disk refuses. Every message since then was answered unavailable, and the outbox retries by
   * itself.
   *
   * @param since when the first commit failed
   * @param why a sentence for a person
   */
  record Refusing(Instant since, Cause cause, String why) implements OutboxState {}

  /** The kind of problem, for callers that describe it in their own words. */
  enum Cause {
    /** The disk is full. */
    FULL,
    /** The quota or the disk is used up, and nothing more can be given up. */
    NO_ROOM,
    /** The file is no longer writable. */
    READ_ONLY,
    /** The disk fails to read or write. */
    DISK_ERRORS,
    /** The file is damaged. */
    DAMAGED,
    /** The file was deleted, moved or replaced. */
    GONE,
    /** Another problem, which {@link Refusing#why} describes. */
    OTHER
  }
}
