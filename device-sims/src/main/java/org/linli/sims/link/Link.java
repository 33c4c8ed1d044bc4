package org.linli.sims.link;

import java.util.Optional;

/**
 * One connection's way to the gateway. It keeps the order of what it is given, holds only so much,
 * and repeats what was not answered, with the same id, until it is closed.
 */
public interface Link extends AutoCloseable {

  /**
   * Takes an event to send; waits while the link holds as much as it may.
   *
   * @throws InterruptedException when the caller is told to stop waiting
   */
  void send(Sending sending) throws InterruptedException;

  /** Whether it is ready to send at once; a link without a session always is. */
  default boolean ready() {
    return true;
  }

  /** What is in the way now, as a sentence; empty when nothing is. */
  Optional<String> trouble();

  /** Stops; what was not answered stays unanswered. */
  @Override
  void close();
}
