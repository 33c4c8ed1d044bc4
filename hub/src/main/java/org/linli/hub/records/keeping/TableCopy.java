package org.linli.hub.records.keeping;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and copies the rows of one table, with values of the types that PostgreSQL has. */
final class TableCopy {

  private static final int ROWS_AT_ONCE = 500;

  private final Table table;
  private final Progress progress;

  TableCopy(Table table, Progress progress) {
    this.table = table;
    this.progress = progress;
  }

  @FunctionalInterface
  private interface RowAction {
    void take(List<@Nullable Object> row) throws SQLException;
  }

  /** Copies every row, and returns the digest of what was read. */
  RowsDigest copy(Connection from, Connection to) throws SQLException, KeepingException {
    RowsDigest digest = new RowsDigest();
    long all = count(from);
    try (PreparedStatement insert = to.prepareStatement(table.insert())) {
      read(
          from,
          row -> {
            digest.add(row);
            set(insert, row);
            insert.addBatch();
            if (digest.rows() % ROWS_AT_ONCE == 0) {
              insert.executeBatch();
              progress.at(table.name(), digest.rows(), all);
            }
          });
      insert.executeBatch();
    }
    progress.at(table.name(), all, all);
    return digest;
  }

  /** Returns the digest of all rows. */
  RowsDigest digest(Connection of) throws SQLException, KeepingException {
    RowsDigest digest = new RowsDigest();
    read(of, digest::add);
    return digest;
  }

  long count(Connection of) throws SQLException {
    try (Statement statement = of.createStatement();
        ResultSet row = statement.executeQuery(table.count())) {
      row.next();
      return row.getLong(1);
    }
  }

  private void read(Connection from, RowAction action) throws SQLException, KeepingException {
    try (Statement statement = from.createStatement()) {
      statement.setFetchSize(ROWS_AT_ONCE);
      try (ResultSet rows = statement.executeQuery(table.select())) {
        while (rows.next()) {
          List<@Nullable Object> row = new ArrayList<>();
          for (Map.Entry<String, Integer> column : table.columns().entrySet()) {
            row.add(value(rows, column.getKey(), column.getValue()));
          }
          action.take(row);
        }
      }
    }
  }

  /** SQLite would keep a text in a column of numbers, and give it out as 0. */
  private @Nullable Object value(ResultSet rows, String column, int type)
      throws SQLException, KeepingException {
    Object value = rows.getObject(column);
    boolean isWhole = type == Types.BIGINT || type == Types.SMALLINT || type == Types.INTEGER;
    return switch (value) {
      case null -> null;
      case Number number when isWhole && !(value instanceof Double) -> number.longValue();
      case Number number when type == Types.DOUBLE -> number.doubleValue();
      case String text when type == Types.VARCHAR -> text;
      case byte[] bytes when type == Types.BINARY -> bytes;
      default -> throw new KeepingException("move-type", table.name(), column);
    };
  }

  private void set(PreparedStatement insert, List<@Nullable Object> row) throws SQLException {
    int parameter = 1;
    for (int type : table.columns().values()) {
      Object value = row.get(parameter - 1);
      if (value == null) {
        insert.setNull(parameter, type);
      } else {
        insert.setObject(parameter, value, type);
      }
      parameter++;
    }
  }
}
