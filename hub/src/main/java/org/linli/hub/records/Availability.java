package org.linli.hub.records;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Whether the database of the records can be reached. While it cannot, whoever wants a connection
 * is refused at once, one line in the log and the health page say so, and nobody else reports it.
 */
public interface Availability {

  /** No chain of causes is longer than this. */
  int DEEPEST = 64;

  /** Of a database that is a file of this machine: it is not away as a server can be. */
  Availability ALWAYS =
      new Availability() {
        @Override
        public @Nullable String trouble() {
          return null;
        }

        @Override
        public boolean isOfServer() {
          return false;
        }

        @Override
        public void look() {
          // There is no server to look for.
        }
      };

  /** Returns in a sentence why it cannot be reached; null while it can. */
  @Nullable String trouble();

  /** Returns whether a server has the database, and {@link #look} looks for it. */
  boolean isOfServer();

  /** Finds out whether it can be reached again, or no longer. Called every second. */
  void look();

  /**
   * Returns whether something failed because the database could not be reached, or broke a
   * connection. The work can be done again; the log already says why.
   */
  static boolean explains(Throwable thrown) {
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
      if (cause instanceof SQLException sql && FailureCause.isOfConnection(sql)) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }
}
