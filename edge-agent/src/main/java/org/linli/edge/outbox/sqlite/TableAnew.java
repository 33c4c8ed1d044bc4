package org.linli.edge.outbox.sqlite;

import java.sql.Connection;
import java.sql.SQLException;

/** Replaces a table that cannot be read by an empty one. Only for what may be lost. */
final class TableAnew {

  private TableAnew() {}

  static void begin(Connection writer, String table, String create) throws SQLException {
    try {
      OutboxDatabase.execute(writer, "BEGIN IMMEDIATE");
      OutboxDatabase.execute(writer, "DROP TABLE " + table);
      OutboxDatabase.execute(writer, create);
      OutboxDatabase.execute(writer, "COMMIT");
    } catch (SQLException damaged) {
      OutboxDatabase.execute(writer, "ROLLBACK");
      forgetPages(writer, table);
      OutboxDatabase.execute(writer, create);
    }
  }

  /**
   * SQLite reads a table's pages to free them. Those of a damaged table stay in the file unused.
   */
  private static void forgetPages(Connection writer, String table) throws SQLException {
    OutboxDatabase.execute(writer, "PRAGMA writable_schema = ON");
    try {
      OutboxDatabase.execute(writer, "DELETE FROM sqlite_schema WHERE tbl_name = '" + table + "'");
    } finally {
      OutboxDatabase.execute(writer, "PRAGMA writable_schema = RESET");
    }
  }
}
