package org.linli.sims.link;

import java.util.Optional;

/**
 * One device's connection to the gateway. It keeps events in order, holds a limited number, and
 * repeats unanswered ones with the same id until it is closed.
 */
public interface Link extends AutoCloseable {

  /**
   * Accepts an event to send; blocks while the link is full.
   *
   * @throws InterruptedException when the caller is interrupted
   */
  void send(Sending sending) throws InterruptedException;

  /** Whether it can send at once; always true for a link without a session. */
  default boolean ready() {
    return true;
  }

  /** The current problem, as a sentence; empty for none. */
  Optional<String> trouble();

  /** Stops; what was not answered stays unanswered. */
  @Override
  void close();
}
