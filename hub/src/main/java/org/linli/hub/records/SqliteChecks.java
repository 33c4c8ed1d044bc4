package org.linli.hub.records;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * What SQLite itself finds wrong with a file: torn pages, lost index entries, broken references.
 */
final class SqliteChecks {

  private static final int MOST = 100;

  private SqliteChecks() {}

  static List<String> damage(Connection connection) {
    List<String> found = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      try (ResultSet rows = statement.executeQuery("PRAGMA integrity_check(" + MOST + ")")) {
        while (rows.next()) {
          String said = rows.getString(1);
          if (!"ok".equals(said)) {
            found.add(said);
          }
        }
      }
      try (ResultSet rows = statement.executeQuery("PRAGMA foreign_key_check")) {
        while (rows.next() && found.size() < MOST) {
          found.add(
              "%s, row %s: refers to a row of %s that is not there"
                  .formatted(rows.getString(1), rows.getString(2), rows.getString(3)));
        }
      }
    } catch (SQLException e) {
      found.add(String.valueOf(e.getMessage()));
    }
    return found;
  }
}
