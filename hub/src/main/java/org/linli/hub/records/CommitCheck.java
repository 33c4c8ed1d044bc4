package org.linli.hub.records;

import java.sql.Connection;

/**
 * Finds out whether a commit keeps what it confirms, for what a database does not report by itself.
 */
interface CommitCheck {

  /**
   * Called directly before each commit, and before the last writes of its participants.
   *
   * @param connection of the transaction
   * @param readOnly whether the transaction was meant to write nothing
   * @throws org.springframework.transaction.TransactionException if nothing can be kept; the
   *     transaction is rolled back
   */
  void before(Connection connection, boolean readOnly);

  /**
   * Called directly after each commit, before anybody is told of it.
   *
   * @param readOnly whether the transaction was meant to write nothing
   * @throws org.springframework.transaction.TransactionException if what was committed may not be
   *     kept; the caller has to take the commit for one that may or may not have happened
   */
  void after(boolean readOnly);
}
