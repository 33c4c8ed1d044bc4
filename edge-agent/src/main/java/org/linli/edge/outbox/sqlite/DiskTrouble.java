package org.linli.edge.outbox.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;
import org.linli.edge.outbox.OutboxState;
import org.sqlite.SQLiteErrorCode;

/** Describes a disk problem for a person. */
final class DiskTrouble {

  private DiskTrouble() {}

  static OutboxState.Cause cause(SQLException trouble) {
    int code = trouble.getErrorCode() & 0xFF;
    if (code == SQLiteErrorCode.SQLITE_FULL.code) {
      return OutboxState.Cause.FULL;
    }
    if (code == SQLiteErrorCode.SQLITE_READONLY.code) {
      return OutboxState.Cause.READ_ONLY;
    }
    if (code == SQLiteErrorCode.SQLITE_IOERR.code) {
      return OutboxState.Cause.DISK_ERRORS;
    }
    return code == SQLiteErrorCode.SQLITE_CORRUPT.code || code == SQLiteErrorCode.SQLITE_NOTADB.code
        ? OutboxState.Cause.DAMAGED
        : OutboxState.Cause.OTHER;
  }

  static String sentence(Path file, SQLException trouble) {
    return switch (cause(trouble)) {
      case FULL, NO_ROOM -> "the disk with " + file + " is full: free some space on it";
      case READ_ONLY -> file + " cannot be written any more: check its permissions and the disk";
      case DISK_ERRORS -> "the disk with " + file + " gives errors: " + trouble.getMessage();
      case DAMAGED -> file + " is damaged: stop the agent, move the file away and keep it";
      case GONE, OTHER -> file + " cannot be written: " + trouble.getMessage();
    };
  }
}
