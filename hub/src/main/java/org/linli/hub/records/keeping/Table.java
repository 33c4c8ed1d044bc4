package org.linli.hub.records.keeping;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A table of the records, as PostgreSQL has it.
 *
 * @param columns their types, by {@link Types}, in the order of their names
 * @param refersToOthers whether its rows need rows of another table
 */
record Table(String name, TreeMap<String, Integer> columns, boolean refersToOthers) {

  /** What Flyway keeps for itself. */
  private static final String STEPS = "flyway_schema_history";

  /** Returns all, those first that others refer to. */
  static List<Table> all(Connection connection) throws SQLException {
    DatabaseMetaData data = connection.getMetaData();
    String schema = connection.getSchema();
    Map<String, TreeMap<String, Integer>> found = new TreeMap<>();
    try (ResultSet tables = data.getTables(null, schema, "%", new String[] {"TABLE"})) {
      while (tables.next()) {
        found.put(tables.getString("TABLE_NAME"), new TreeMap<>());
      }
    }
    found.keySet().removeAll(List.of(STEPS, Move.UNFINISHED));
    List<Table> all = new ArrayList<>();
    for (Map.Entry<String, TreeMap<String, Integer>> table : found.entrySet()) {
      try (ResultSet columns = data.getColumns(null, schema, table.getKey(), "%")) {
        while (columns.next()) {
          table.getValue().put(columns.getString("COLUMN_NAME"), columns.getInt("DATA_TYPE"));
        }
      }
      try (ResultSet keys = data.getImportedKeys(null, schema, table.getKey())) {
        all.add(new Table(table.getKey(), table.getValue(), keys.next()));
      }
    }
    all.sort(Comparator.comparing(Table::refersToOthers).thenComparing(Table::name));
    return all;
  }

  String select() {
    return "SELECT %s FROM %s".formatted(String.join(", ", columns.keySet()), name);
  }

  String insert() {
    return "INSERT INTO %s (%s) VALUES (%s)"
        .formatted(
            name,
            String.join(", ", columns.keySet()),
            columns.keySet().stream().map(_ -> "?").collect(Collectors.joining(", ")));
  }

  String count() {
    return "SELECT COUNT(*) FROM " + name;
  }

  String empty() {
    return "DELETE FROM " + name;
  }
}
