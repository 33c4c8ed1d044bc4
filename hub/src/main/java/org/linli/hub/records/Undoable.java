package org.linli.hub.records;

import org.jspecify.annotations.Nullable;
import org.springframework.transaction.TransactionStatus;

/** Work within a transaction that goes on where this work fails. */
public final class Undoable {

  private Undoable() {}

  /**
   * Does it under a savepoint, and keeps back only what the work is itself to blame for: then
   * nothing is left of what it wrote.
   *
   * @return what it threw, or that it left the transaction to be rolled back; null where it is done
   * @throws RuntimeException what the store or Java itself is to blame for ({@link Culprit})
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

  /** The same without a savepoint: what it wrote stays where it fails. */
  public static @Nullable Throwable defectWithin(TransactionStatus transaction, Runnable work) {
    Throwable defect = Culprit.defectOf(work);
    return defect == null && transaction.isRollbackOnly()
        ? new IllegalStateException("it left the transaction to be rolled back")
        : defect;
  }
}
