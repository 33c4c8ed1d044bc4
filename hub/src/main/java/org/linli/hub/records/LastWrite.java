package org.linli.hub.records;

import org.springframework.transaction.support.TransactionSynchronization;

/**
 * Writes rows about a whole transaction, when everything else of it is done. A participant may
 * register one as late as in its {@link #beforeCommit}.
 */
public interface LastWrite extends TransactionSynchronization {

  /**
   * Called directly before the commit, after {@link #beforeCommit} of all participants. What it
   * throws rolls the transaction back.
   */
  void writeLast();
}
