package org.linli.edge.intake;

import org.jspecify.annotations.Nullable;

/** A reply whose giving is to be noted on disk in the transaction that makes it true. */
public interface NotingReply extends Reply {

  /**
   * What is noted with the message; null for nothing. Called on the writer thread.
   *
   * @param refused whether the message becomes a dead letter
   */
  @Nullable Note note(boolean refused);
}
