package org.linli.hub.history.questdb;

import io.questdb.cairo.CairoEngine;
import io.questdb.cairo.ColumnType;
import io.questdb.cairo.PartitionBy;
import io.questdb.cairo.SymbolMapReader;
import io.questdb.cairo.TableReader;
import io.questdb.cairo.TableToken;
import io.questdb.cairo.TableUtils;
import io.questdb.cairo.TxReader;
import io.questdb.std.str.Path;
import java.util.List;
import java.util.Objects;
import org.linli.hub.history.BoundedNames;
import org.linli.hub.history.BoundedNames.Sort;
import org.linli.hub.history.OvergrownHistoryException;

/**
 * The names in the tables. QuestDB keeps a symbol for as long as its table exists, and holds the
 * symbols of an open table on the heap.
 */
final class Symbols {

  private static final List<Column> COLUMNS =
      List.of(
          new Column(Tables.Events.NEAR.table, Tables.EventColumn.DEVICE, 0, Sort.DEVICE),
          new Column(Tables.Events.NEAR.table, Tables.EventColumn.TYPE, 3, Sort.TYPE),
          new Column(Tables.Events.FAR.table, Tables.EventColumn.DEVICE, 0, Sort.DEVICE),
          new Column(Tables.Events.FAR.table, Tables.EventColumn.TYPE, 3, Sort.TYPE),
          new Column(Tables.SERIES, Tables.SeriesColumn.DEVICE, 0, Sort.DEVICE),
          new Column(Tables.SERIES, Tables.SeriesColumn.METRIC, 1, Sort.METRIC),
          new Column(Tables.SERIES_FAR, Tables.SeriesColumn.DEVICE, 0, Sort.DEVICE),
          new Column(Tables.SERIES_FAR, Tables.SeriesColumn.METRIC, 1, Sort.METRIC));

  private final CairoEngine cairo;
  private final BoundedNames names;

  /**
   * @param symbol its position among the symbol columns of its table, from 0
   */
  private record Column(String table, int index, int symbol, Sort sort) {}

  Symbols(CairoEngine cairo, BoundedNames names) {
    this.cairo = cairo;
    this.names = names;
  }

  /**
   * Checks the number of names only, before any table is opened.
   *
   * @throws OvergrownHistoryException when there are far too many
   */
  void requireFew() {
    for (Column column : COLUMNS) {
      TableToken table = cairo.getTableTokenIfExists(column.table());
      if (table != null) {
        int count = count(table, column.symbol());
        if (names.areTooMany(column.sort(), count)) {
          throw new OvergrownHistoryException(
              "The table %s of the history has %d names, which is more than the heap should carry"
                  .formatted(column.table(), count));
        }
      }
    }
  }

  private int count(TableToken table, int symbol) {
    try (Path path = new Path();
        TxReader transaction = new TxReader(cairo.getConfiguration().getFilesFacade())) {
      path.of(cairo.getConfiguration().getDbRoot()).concat(table).concat(TableUtils.TXN_FILE_NAME);
      transaction.ofRO(path.$(), ColumnType.TIMESTAMP, PartitionBy.DAY);
      return transaction.unsafeLoadAll() && symbol < transaction.getSymbolColumnCount()
          ? transaction.getSymbolValueCount(symbol)
          : 0;
    }
  }

  /** Passes the names in the tables to {@link BoundedNames}. */
  void read() {
    for (Column column : COLUMNS) {
      try (TableReader reader = cairo.getReader(cairo.verifyTableName(column.table()))) {
        SymbolMapReader symbols = reader.getSymbolMapReader(column.index());
        for (int i = 0; i < symbols.getSymbolCount(); i++) {
          names.has(column.sort(), Objects.requireNonNull(symbols.valueOf(i)).toString());
        }
      }
    }
  }
}
