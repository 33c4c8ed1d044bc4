package org.linli.hub.records;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.JdbcTransactionObjectSupport;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Transactions of the records, with the last writes of their participants and the check of the
 * database.
 */
final class RecordsTransactions extends JdbcTransactionManager {

  private final CommitCheck check;

  RecordsTransactions(DataSource writer, CommitCheck check) {
    super(writer);
    this.check = check;
    // A commit that fails the check before it is rolled back.
    setRollbackOnCommitFailure(true);
  }

  @Override
  protected void doCommit(DefaultTransactionStatus status) {
    check.before(connection(status), status.isReadOnly());
    if (TransactionSynchronizationManager.isSynchronizationActive()) {
      TransactionSynchronizationManager.getSynchronizations().stream()
          .filter(LastWrite.class::isInstance)
          .forEach(last -> ((LastWrite) last).writeLast());
    }
    super.doCommit(status);
    check.after(status.isReadOnly());
  }

  /** Nothing is left to undo where the connection is gone; the caller learns why it is. */
  @Override
  protected void doRollback(DefaultTransactionStatus status) {
    try {
      super.doRollback(status);
    } catch (RuntimeException e) {
      if (!isGone(connection(status))) {
        throw e;
      }
    }
  }

  private static Connection connection(DefaultTransactionStatus status) {
    return ((JdbcTransactionObjectSupport) status.getTransaction())
        .getConnectionHolder()
        .getConnection();
  }

  private static boolean isGone(Connection connection) {
    try {
      return connection.isClosed();
    } catch (SQLException e) {
      return false;
    }
  }
}
