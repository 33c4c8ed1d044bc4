package org.linli.edge.outbox.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/** Says what is wrong with the disk, for a person. */
final class DiskTrouble {

  private DiskTrouble() {}

  static boolean isFull(SQLException trouble) {
    return (trouble.getErrorCode() & 0xFF) == SQLiteErrorCode.SQLITE_FULL.code;
  }

  static String sentence(Path file, SQLException trouble) {
    int code = trouble.getErrorCode() & 0xFF;
    if (isFull(trouble)) {
      return "the disk with " + file + " is full: free some space on it";
    }
    if (code == SQLiteErrorCode.SQLITE_READONLY.code) {
      return file + " cannot be written any more: check its permissions and the disk";
    }
    if (code == SQLiteErrorCode.SQLITE_IOERR.code) {
      return "the disk with " + file + " gives errors: " + trouble.getMessage();
    }
    if (code == SQLiteErrorCode.SQLITE_CORRUPT.code || code == SQLiteErrorCode.SQLITE_NOTADB.code) {
      return file + " is damaged: stop the agent, move the file away and keep it";
    }
    return file + " cannot be written: " + trouble.getMessage();
  }
}
