package org.linli.hub.command;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.linli.hub.records.TestRecords;

/** Everything that records have, as text, so that two of them can be compared. */
final class AllRows {

  /** How it came there differs. */
  private static final String STEPS = "flyway_schema_history";

  /** Whether the history is to be given everything again differs after a restore. */
  private static final String ARCHIVE = "archive";

  private AllRows() {}

  /** The rows of each table, in order. */
  static Map<String, List<String>> of(TestRecords records) {
    return records
        .jdbc()
        .execute(
            (Connection connection) -> {
              Map<String, List<String>> found = new TreeMap<>();
              try (ResultSet tables =
                  connection
                      .getMetaData()
                      .getTables(null, connection.getSchema(), "%", new String[] {"TABLE"})) {
                while (tables.next()) {
                  found.put(tables.getString("TABLE_NAME"), List.of());
                }
              }
              found.keySet().removeAll(List.of(STEPS, ARCHIVE));
              for (Map.Entry<String, List<String>> table : found.entrySet()) {
                table.setValue(rows(connection, table.getKey()));
              }
              return found;
            });
  }

  private static List<String> rows(Connection connection, String table) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT * FROM " + table)) {
      List<String> columns =
          IntStream.rangeClosed(1, result.getMetaData().getColumnCount())
              .mapToObj(
                  column -> {
                    try {
                      return result.getMetaData().getColumnName(column);
                    } catch (SQLException e) {
                      throw new IllegalStateException(e);
                    }
                  })
              .sorted()
              .toList();
      while (result.next()) {
        StringBuilder row = new StringBuilder();
        for (String column : columns) {
          Object value = result.getObject(column);
          row.append(column)
              .append('=')
              .append(value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value)
              .append(' ');
        }
        rows.add(row.toString());
      }
    }
    rows.sort(null);
    return rows;
  }
}
