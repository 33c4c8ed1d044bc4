package org.linli.hub.history.questdb;

import io.questdb.cairo.CairoEngine;
import io.questdb.cairo.CairoError;
import io.questdb.cairo.CairoException;
import io.questdb.cairo.TableReader;
import io.questdb.cairo.TableToken;
import io.questdb.cairo.security.AllowAllSecurityContext;
import io.questdb.cairo.sql.BindVariableService;
import io.questdb.cairo.sql.Record;
import io.questdb.cairo.sql.RecordCursor;
import io.questdb.cairo.sql.RecordCursorFactory;
import io.questdb.cairo.sql.TableReferenceOutOfDateException;
import io.questdb.griffin.SqlException;
import io.questdb.griffin.SqlExecutionContextImpl;
import io.questdb.griffin.engine.functions.bind.BindVariableServiceImpl;
import io.questdb.std.FilesFacade;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.linli.hub.history.BoundedNames;
import org.linli.hub.history.HistoryStartException;
import org.linli.hub.history.HistoryUnavailableException;
import org.linli.hub.history.OvergrownHistoryException;
import org.linli.program.folder.OwnerOnly;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open database: its tables, and statements with bound values only. */
final class Engine implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Engine.class);

  private final Path folder;
  private final CairoEngine cairo;
  private final Map<Tables.Events, TableToken> events = new EnumMap<>(Tables.Events.class);
  private final TableToken series;
  private final TableToken seriesFar;

  private Engine(Path folder, CairoEngine cairo, BoundedNames names) throws SqlException {
    this.folder = folder;
    this.cairo = cairo;
    cairo.load();
    Symbols symbols = new Symbols(cairo, names);
    symbols.requireFew();
    SqlExecutionContextImpl context =
        context(new BindVariableServiceImpl(cairo.getConfiguration()));
    for (Tables.Events table : Tables.Events.values()) {
      cairo.execute(table.create(), context);
      events.put(table, cairo.verifyTableName(table.table));
    }
    cairo.execute(Tables.CREATE_SERIES, context);
    cairo.execute(Tables.CREATE_SERIES_FAR, context);
    this.series = cairo.verifyTableName(Tables.SERIES);
    this.seriesFar = cairo.verifyTableName(Tables.SERIES_FAR);
    symbols.read();
  }

  /**
   * @throws HistoryStartException when the folder cannot be made or what is in it cannot be opened
   * @throws OvergrownHistoryException when it holds so many names that the heap may not carry them
   */
  static Engine open(Path folder, FilesFacade files, BoundedNames names) {
    try {
      OwnerOnly.makeFolder(folder);
      CairoEngine cairo = new SmallCairoEngine(new SmallHubConfiguration(folder, files));
      try {
        return new Engine(folder, cairo, names);
      } catch (SqlException | CairoException | CairoError | OvergrownHistoryException e) {
        cairo.close();
        throw e;
      }
    } catch (IOException | SqlException | CairoException | CairoError e) {
      throw new HistoryStartException(
          "The history in " + folder + " cannot be opened: " + e.getMessage(),
          "Check that this user may read and write the folder and that its disk has room.",
          copyOf(e));
    }
  }

  /** Returns an immutable copy, because QuestDB reuses its exceptions. */
  static IOException copyOf(Throwable thrown) {
    IOException copy =
        new IOException(thrown.getClass().getSimpleName() + ": " + thrown.getMessage());
    copy.setStackTrace(thrown.getStackTrace());
    return copy;
  }

  Path folder() {
    return folder;
  }

  CairoEngine cairo() {
    return cairo;
  }

  TableToken events(Tables.Events table) {
    return Objects.requireNonNull(events.get(table));
  }

  /** Returns whether nothing was ever committed to the table. */
  boolean isUnused(Tables.Events table) {
    return cairo.getTableSequencerAPI().lastTxn(events(table)) == 0;
  }

  TableToken series() {
    return series;
  }

  TableToken seriesFar() {
    return seriesFar;
  }

  /** Returns all tables, readings first. */
  List<TableToken> tables() {
    return Stream.concat(Stream.of(series, seriesFar), events.values().stream()).toList();
  }

  boolean isOfEvents(TableToken table) {
    return events.containsValue(table);
  }

  /** Returns whether the table's time is {@link Micros#far}. */
  boolean isFar(TableToken table) {
    return table.equals(seriesFar)
        || events.entrySet().stream()
            .anyMatch(entry -> entry.getKey().isFar && entry.getValue().equals(table));
  }

  /** Returns the periods of a table of far times in which there are rows. */
  SortedSet<Integer> periods(TableToken table) {
    SortedSet<Integer> periods = new TreeSet<>();
    try (TableReader reader = cairo.getReader(table)) {
      for (int i = 0; i < reader.getPartitionCount(); i++) {
        periods.add(Micros.periodOf(reader.getPartitionTimestampByIndex(i)));
      }
    } catch (CairoException | CairoError e) {
      throw unreadable(e);
    }
    return periods;
  }

  /**
   * Runs a statement without values that changes tables, after what was already committed.
   *
   * @throws HistoryUnavailableException when it cannot be done now
   */
  void execute(String sql) {
    try {
      cairo.execute(sql, context(new BindVariableServiceImpl(cairo.getConfiguration())));
    } catch (SqlException | CairoException | CairoError | TableReferenceOutOfDateException e) {
      throw new HistoryUnavailableException(
          "The history in " + folder + " cannot be changed: " + e.getMessage(), copyOf(e));
    }
  }

  HistoryUnavailableException unreadable(Throwable e) {
    return new HistoryUnavailableException(
        "The history in " + folder + " cannot be read: " + e.getMessage(), copyOf(e));
  }

  /** Sets the values of a statement's {@code $1}, {@code $2}, … which count from 0 here. */
  @FunctionalInterface
  interface Binding {
    void bind(BindVariableService values) throws SqlException;
  }

  /**
   * Reads rows until there are no more or {@code row} returns false.
   *
   * <p>A table changes under a statement when QuestDB makes more room for its names. The statement
   * is made anew then, as the database's own server does it, unless rows were read already.
   *
   * @throws HistoryUnavailableException when the store cannot be read
   */
  void select(String sql, Binding binding, Predicate<Record> row) {
    BindVariableService values = new BindVariableServiceImpl(cairo.getConfiguration());
    int attempts = cairo.getConfiguration().getMaxSqlRecompileAttempts();
    try {
      binding.bind(values);
      SqlExecutionContextImpl context = context(values);
      AtomicBoolean begun = new AtomicBoolean();
      Predicate<Record> each =
          record -> {
            begun.setPlain(true);
            return row.test(record);
          };
      for (int attempt = 1; ; attempt++) {
        try {
          select(sql, context, each);
          return;
        } catch (TableReferenceOutOfDateException e) {
          if (begun.getPlain() || attempt >= attempts) {
            throw unreadable(e);
          }
        }
      }
    } catch (SqlException | CairoException | CairoError e) {
      throw unreadable(e);
    }
  }

  private void select(String sql, SqlExecutionContextImpl context, Predicate<Record> row)
      throws SqlException {
    try (RecordCursorFactory statement = cairo.select(sql, context);
        RecordCursor cursor = statement.getCursor(context)) {
      Record record = cursor.getRecord();
      boolean more = true;
      while (more && cursor.hasNext()) {
        more = row.test(record);
      }
    }
  }

  private SqlExecutionContextImpl context(BindVariableService values) {
    return new SqlExecutionContextImpl(cairo, 1).with(AllowAllSecurityContext.INSTANCE, values);
  }

  /** Closes every writer, so that none is used again. */
  void releaseWriters() {
    try {
      cairo.releaseAllWalWriters();
    } catch (RuntimeException leftBehind) {
      log.atDebug().setCause(copyOf(leftBehind)).log("A writer of the history stays behind");
    }
  }

  @Override
  public void close() {
    try {
      cairo.close();
    } catch (CairoException leftBehind) {
      // Closing stops at the failure, but the lock of the names must be released for the next
      // database in the folder.
      cairo.closeNameRegistry();
      log.atWarn()
          .addKeyValue("folder", folder)
          .addKeyValue("reason", leftBehind.getMessage())
          .log("A writer of the history stayed behind");
    }
  }
}
