package org.linli.edge.outbox.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Replaces a table that cannot be read by an empty one. Only for what may be lost. */
final class TableAnew {

  private TableAnew() {}

  /**
   * @param create what creates the table
   */
  static void begin(Connection writer, String table, List<String> create) throws SQLException {
    try {
      OutboxDatabase.execute(writer, "BEGIN IMMEDIATE");
      OutboxDatabase.execute(writer, "DROP TABLE " + table);
      executeAll(writer, create);
      OutboxDatabase.execute(writer, "COMMIT");
    } catch (SQLException damaged) {
      OutboxDatabase.execute(writer, "ROLLBACK");
      forgetPages(writer, table);
      executeAll(writer, create);
    }
  }

  private static void executeAll(Connection writer, List<String> statements) throws SQLException {
    for (String statement : statements) {
      OutboxDatabase.execute(writer, statement);
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
