package org.linli.edge.intake;

/**
 * How a door answers the device that sent a {@link Message}. Exactly one method is called, once,
 * from any thread, and only when what it says is true on disk.
 */
public interface Reply {

  /** Every event of the message is committed with an fsync, or was before: PUBACK, 2.04, 204. */
  void taken();

  /**
   * The message cannot be read and its dead letter is committed: the protocol's own error where
   * there is one.
   */
  void refused(Refusal refusal);

  /**
   * Whether the message may still be taken. It may not once an earlier one over its connection was
   * {@link #unavailable}: that one comes again, and would be ordered behind what its device said
   * later. Nor may it once somebody was told that nothing was kept, because the disk took too long.
   * Asked once by whoever writes messages, right before; where it is false, this one is unavailable
   * too, and where it is true, nothing is told before it is known.
   */
  default boolean isInTurn() {
    return true;
  }

  /**
   * Has leave what {@link #taken} and {@link #refused} said. Called after them, once everybody of
   * the same commit has his answer, so that a door can send those of one client together.
   */
  default void flush() {}

  /** Nothing was kept, for now: never acknowledged, so that the device keeps it and tries again. */
  void unavailable(String why);
}
