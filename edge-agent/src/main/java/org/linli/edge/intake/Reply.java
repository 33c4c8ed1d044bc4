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

  /** Nothing was kept, for now: never acknowledged, so that the device keeps it and tries again. */
  void unavailable(String why);
}
