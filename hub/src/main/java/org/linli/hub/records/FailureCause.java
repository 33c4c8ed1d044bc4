package org.linli.hub.records;

import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionUsageException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The cause of a failure in code that works on the records. Only a failure of the code itself would
 * happen again at every retry.
 */
public enum FailureCause {
  /** The records cannot be accessed, read or written now: no room, a lock, a failing disk. */
  STORE,
  /** Java itself: no memory. It must never be suppressed. */
  MACHINE,
  /** The code that threw it: a defect, or something that the records refuse. */
  CODE;

  /** No chain of causes is longer than this. */
  private static final int DEEPEST = 64;

  private static final int PRIMARY = 0xff;

  private static final Set<SQLiteErrorCode> OF_STORE =
      EnumSet.of(
          SQLiteErrorCode.SQLITE_INTERNAL,
          SQLiteErrorCode.SQLITE_PERM,
          SQLiteErrorCode.SQLITE_ABORT,
          SQLiteErrorCode.SQLITE_BUSY,
          SQLiteErrorCode.SQLITE_LOCKED,
          SQLiteErrorCode.SQLITE_NOMEM,
          SQLiteErrorCode.SQLITE_READONLY,
          SQLiteErrorCode.SQLITE_INTERRUPT,
          SQLiteErrorCode.SQLITE_IOERR,
          SQLiteErrorCode.SQLITE_CORRUPT,
          SQLiteErrorCode.SQLITE_FULL,
          SQLiteErrorCode.SQLITE_CANTOPEN,
          SQLiteErrorCode.SQLITE_PROTOCOL,
          SQLiteErrorCode.SQLITE_SCHEMA,
          SQLiteErrorCode.SQLITE_NOTADB);

  /** Classifies a failure. It looks at the causes too, because libraries wrap exceptions. */
  public static FailureCause of(Throwable thrown) {
    if (errorOfMachine(thrown) != null) {
      return MACHINE;
    }
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
      if (isOfStore(cause)) {
        return STORE;
      }
      cause = cause.getCause();
    }
    return CODE;
  }

  /** Returns the error of Java itself behind a failure; null if there is none. */
  public static @Nullable VirtualMachineError errorOfMachine(Throwable thrown) {
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
      // A stack overflow is caused by the code on the stack and is over once the code is left.
      if (cause instanceof VirtualMachineError error && !(error instanceof StackOverflowError)) {
        return error;
      }
      cause = cause.getCause();
    }
    return null;
  }

  /**
   * Runs the work and returns a failure of the work itself. A failure of the store or of Java is
   * thrown.
   *
   * @return what the work threw; null if it threw nothing
   */
  public static @Nullable Throwable defectOf(Runnable work) {
    try {
      work.run();
      return null;
    } catch (Throwable thrown) {
      VirtualMachineError ofMachine = errorOfMachine(thrown);
      if (ofMachine != null) {
        throw ofMachine;
      }
      if (of(thrown) == CODE) {
        return thrown;
      }
      if (thrown instanceof RuntimeException ofStore) {
        throw ofStore;
      }
      throw new TransientDataAccessResourceException("The records cannot be used now.", thrown);
    }
  }

  private static boolean isOfStore(Throwable cause) {
    return switch (cause) {
      case SQLiteException sqlite ->
          OF_STORE.contains(SQLiteErrorCode.getErrorCode(sqlite.getResultCode().code & PRIMARY));
      case TransactionUsageException _ -> false;
      case TransactionException _,
          TransientDataAccessException _,
          RecoverableDataAccessException _,
          NonTransientDataAccessResourceException _,
          SQLTransientException _,
          SQLRecoverableException _,
          SQLNonTransientConnectionException _ ->
          true;
      default -> false;
    };
  }
}
