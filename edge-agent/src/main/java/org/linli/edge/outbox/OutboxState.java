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
  record Refusing(Instant since, String why) implements OutboxState {}
}
