package org.linli.edge.outbox;

/**
 * What every group commit passes through, so that a test can hold one back and see that nobody is
 * answered meanwhile. A gateway at work has it {@link #OPEN}.
 */
@FunctionalInterface
public interface CommitGate {

  /** Holds nothing back. */
  CommitGate OPEN = () -> {};

  /**
   * Called on the writer thread when everything of a group is written and only the COMMIT, with its
   * fsync, is missing. While this does not return no reply of the group is called, and what is
   * offered meanwhile waits for the next group. Anything thrown makes the group fail as a disk that
   * refuses would: rolled back, every message answered unavailable.
   */
  void beforeCommit();
}
