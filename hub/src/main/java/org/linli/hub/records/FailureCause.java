package org.linli.hub.records;

import java.sql.SQLException;
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

  /**
   * SQLSTATEs of the store, and classes of them by their first two characters: a connection that is
   * gone (08), no room or too many connections (53), stopped by an operator, a shutdown or a time
   * limit (57), a failing disk (58), damage or a defect of the database (XX); another transaction
   * in the way (40001, 40P01, 55P03), an object in use (55006), a server that has become a copy
   * that is only read (25006).
   */
  private static final Set<String> STATES_OF_STORE =
      Set.of("08", "53", "57", "58", "XX", "40001", "40P01", "55P03", "55006", "25006");

  /** A limit of PostgreSQL's, such as a key too long for its index, that no retry changes. */
  private static final String LIMIT_EXCEEDED = "54";

  private static final int CLASS_LENGTH = 2;

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
    if (isOfLimit(thrown)) {
      return CODE;
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

  /** Spring takes a limit for a store that cannot be used. */
  private static boolean isOfLimit(Throwable thrown) {
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
      if (cause instanceof SQLException sql && stateClass(sql).equals(LIMIT_EXCEEDED)) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  private static String stateClass(SQLException sql) {
    String state = sql.getSQLState();
    return state == null || state.length() < CLASS_LENGTH ? "" : state.substring(0, CLASS_LENGTH);
  }

  /**
   * Returns whether the server could not be reached, let nobody in, or ended the connection. A
   * statement that took too long (57014) is no such case.
   */
  static boolean isOfConnection(SQLException sql) {
    String state = String.valueOf(sql.getSQLState());
    return stateClass(sql).equals("08") || state.startsWith("57P0") || state.equals("53300");
  }

  private static boolean isStateOfStore(SQLException sql) {
    String state = sql.getSQLState();
    return STATES_OF_STORE.contains(stateClass(sql))
        || state != null && STATES_OF_STORE.contains(state);
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
      case SQLException sql -> isStateOfStore(sql);
      default -> false;
    };
  }
}
