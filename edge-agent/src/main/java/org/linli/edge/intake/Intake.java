package org.linli.edge.intake;

/** Receives the messages of every door. */
public interface Intake {

  /**
   * Starts processing a message and returns without waiting for the disk. The message's {@code
   * Reply} is called exactly once, from this thread or another, even if processing fails.
   */
  void accept(Message message);
}
