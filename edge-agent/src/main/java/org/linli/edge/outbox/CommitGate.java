package org.linli.edge.outbox;

/**
 * A hook that every group commit passes, so that a test can hold one back and check that no message
 * is answered meanwhile. In production it is {@link #OPEN}.
 */
@FunctionalInterface
public interface CommitGate {

  /** Holds nothing back. */
  CommitGate OPEN = () -> {};

  /**
   * Called on the writer thread when everything of a group is written and only the COMMIT, with its
   * fsync, is missing. Until this returns, no reply of the group is called, and new messages wait
   * for the next group. An exception makes the group fail like a refusing disk: it is rolled back,
   * and every message is answered unavailable.
   */
  void beforeCommit();
}
