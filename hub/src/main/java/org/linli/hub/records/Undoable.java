package org.linli.hub.records;

import org.jspecify.annotations.Nullable;
import org.springframework.transaction.TransactionStatus;

/** Runs work inside a transaction that continues if the work fails. */
public final class Undoable {

  private Undoable() {}

  /**
   * Runs the work under a savepoint and returns a failure of the work itself; everything it wrote
   * is then undone.
   *
   * @return what it threw, or that it marked the transaction for rollback; null if it succeeded
   * @throws RuntimeException a failure of the store or of Java itself ({@link FailureCause})
   */
  public static @Nullable Throwable defectOf(TransactionStatus transaction, Runnable work) {
    Object savepoint = transaction.createSavepoint();
    Throwable defect = defectWithin(transaction, work);
    if (defect != null) {
      transaction.rollbackToSavepoint(savepoint);
    }
    transaction.releaseSavepoint(savepoint);
    return defect;
  }

  /** Does the same without a savepoint: if the work fails, what it wrote stays. */
  public static @Nullable Throwable defectWithin(TransactionStatus transaction, Runnable work) {
    Throwable defect = FailureCause.defectOf(work);
    return defect == null && transaction.isRollbackOnly()
        ? new IllegalStateException("it left the transaction to be rolled back")
        : defect;
  }
}
