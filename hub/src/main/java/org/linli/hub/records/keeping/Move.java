package org.linli.hub.records.keeping;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.linli.hub.records.RecordsPlace;
import org.linli.hub.records.UnfinishedWork;
import org.linli.program.folder.DataFolder;

/**
 * Carries the records of a stopped hub from SQLite over to an empty PostgreSQL database, and
 * compares them table by table before it lets go. The rows are one transaction. Until it is over, a
 * table in the target and a file in the data folder keep hubs from starting on either, and moving
 * again begins anew.
 */
public final class Move {

  /** A table that is in the target from the moment that there are others, until all rows are. */
  static final String UNFINISHED = RecordsPlace.UNFINISHED_MOVE;

  /** Tables in which the steps of the migration put a row. */
  private static final Set<String> BEGUN_WITH_A_ROW =
      Set.of(
          "archive",
          "change_position",
          "history_kept",
          "hub_lease",
          "journal_position",
          "running_time");

  private final RecordsPlace from;
  private final RecordsPlace to;
  private final Progress progress;

  public Move(RecordsPlace from, RecordsPlace to, Progress progress) {
    this.from = from;
    this.to = to;
    this.progress = progress;
  }

  /**
   * @param table its name
   * @param rows how many it has
   */
  public record Moved(String table, long rows) {}

  /**
   * Moves them.
   *
   * @return what was compared
   * @throws KeepingException when it cannot be done; the records are then where they were, unless
   *     the reason is that their end could not be noted
   * @throws org.linli.hub.records.RecordsUnavailableException when a database cannot be used
   * @throws org.linli.program.folder.DataFolderRefusedException while a hub runs
   */
  public List<Moved> move() throws KeepingException {
    if (from.isPostgresql()) {
      throw new KeepingException("move-from-postgresql", from);
    }
    try (DataFolder folder = from.claim()) {
      UnfinishedWork work = new UnfinishedWork(folder.path());
      if (work.isMoved()) {
        work.finishMove();
        throw new KeepingException("move-done-before", work.movedTo());
      }
      requireWhole();
      List<Moved> moved = carry(work);
      letGo(folder, work);
      return moved;
    } catch (IOException e) {
      throw DiskFull.orUnwritten(from.folder(), e);
    } catch (SQLException e) {
      throw new KeepingException("move-failed", to, String.valueOf(e.getMessage()));
    }
  }

  /** From here on all rows are in the target. */
  private void letGo(DataFolder folder, UnfinishedWork work) throws KeepingException {
    try {
      try (Connection connection = from.write(folder.resolve("hub.db"))) {
        // Whoever closes last carries the log over into the file.
        connection.getMetaData().getTables(null, null, "journal", null).close();
      }
      work.finishMove();
    } catch (IOException | SQLException e) {
      throw new KeepingException("move-unnoted", to, from.folder(), String.valueOf(e.getMessage()));
    }
  }

  private void requireWhole() throws KeepingException {
    Verification found = Verification.of(from, (done, all) -> progress.at("verify", done, all));
    if (!found.isWhole()) {
      Fault first = found.faults().getFirst();
      throw new KeepingException("move-faults", from, first.table(), first.key());
    }
  }

  private List<Moved> carry(UnfinishedWork work)
      throws IOException, SQLException, KeepingException {
    to.forgetUnfinishedMove();
    if (!to.isEmptyDatabase()) {
      if (to.schema().unknown() != null) {
        throw new KeepingException("target-newer", to);
      }
      if (!work.isMovingTo(to.toString())) {
        throw new KeepingException("target-has-records", to);
      }
      return compareAfterACut();
    }
    if (work.isMovingElsewhere(to.toString())) {
      throw new KeepingException("move-elsewhere", work.movingTo(), to);
    }
    work.beginMove(to.toString());
    to.makeTablesOfAMove();
    try (Connection source = from.read();
        Connection target = to.write(from.folder())) {
      target.setAutoCommit(false);
      List<Table> tables = Table.all(target);
      lockAndEmpty(target, tables);
      List<Moved> moved = copy(source, target, tables);
      try (Statement statement = target.createStatement()) {
        statement.execute("DROP TABLE " + UNFINISHED);
      }
      target.commit();
      return moved;
    }
  }

  private void lockAndEmpty(Connection target, List<Table> tables)
      throws SQLException, KeepingException {
    try (Statement statement = target.createStatement()) {
      statement.execute(
          "LOCK TABLE %s IN EXCLUSIVE MODE"
              .formatted(tables.stream().map(Table::name).collect(Collectors.joining(", "))));
      for (Table table : tables) {
        long most = BEGUN_WITH_A_ROW.contains(table.name()) ? 1 : 0;
        if (new TableCopy(table, progress).count(target) > most) {
          throw new KeepingException("target-written", to, table.name());
        }
        statement.execute(table.empty());
      }
    }
  }

  private List<Moved> copy(Connection source, Connection target, List<Table> tables)
      throws SQLException, KeepingException {
    List<RowsDigest> read = new ArrayList<>();
    for (Table table : tables) {
      read.add(new TableCopy(table, progress).copy(source, target));
    }
    List<Moved> moved = new ArrayList<>();
    for (int i = 0; i < tables.size(); i++) {
      moved.add(compared(tables.get(i), read.get(i), target));
    }
    return moved;
  }

  private Moved compared(Table table, RowsDigest read, Connection target)
      throws SQLException, KeepingException {
    progress.at("= " + table.name(), 0, 0);
    if (!read.isSameAs(new TableCopy(table, progress).digest(target))) {
      throw new KeepingException("move-differs", table.name(), to);
    }
    return new Moved(table.name(), read.rows());
  }

  /** The rows were committed, but nobody noted it. */
  private List<Moved> compareAfterACut() throws SQLException, KeepingException {
    try (Connection source = from.read();
        Connection target = to.write(from.folder())) {
      target.setAutoCommit(false);
      List<Moved> moved = new ArrayList<>();
      for (Table table : Table.all(target)) {
        moved.add(compared(table, new TableCopy(table, progress).digest(source), target));
      }
      target.rollback();
      return moved;
    }
  }
}
