package org.linli.edge.intake;

/**
 * How a door answers the device that sent a {@link Message}. Exactly one of {@link #taken}, {@link
 * #refused} and {@link #unavailable} is called, once, from any thread, and only when what it says
 * is true on disk.
 */
public interface Reply {

  /** Every event of the message is committed with an fsync, or was before: PUBACK, 2.04, 204. */
  void taken();

  /**
   * The message cannot be read and its dead letter is committed. The device gets the protocol's own
   * error if there is one.
   */
  void refused(Refusal refusal);

  /**
   * Whether the message may still be committed. It may not if an earlier message of its connection
   * was {@link #unavailable}: that one comes again, and would be ordered behind later ones. It may
   * not either if the device was already answered that nothing was kept, because the disk took too
   * long. The writer asks once, right before writing. After false this message is unavailable too.
   * After true the device is not answered before the outcome is known.
   */
  default boolean isInTurn() {
    return true;
  }

  /**
   * Sends the answers of {@link #taken} and {@link #refused}. Called after all messages of a commit
   * were answered, so that a door can send the answers of one client together.
   */
  default void flush() {}

  /**
   * For the gateway's own statement about a device: the outbox does not know the device, or no
   * longer, so the statement must not be repeated. Called on the writer thread, right before {@link
   * #unavailable}.
   */
  default void forgotten() {}

  /**
   * Nothing was kept, for now. The message is not acknowledged, so that the device keeps it and
   * tries again.
   */
  void unavailable(String why);
}
