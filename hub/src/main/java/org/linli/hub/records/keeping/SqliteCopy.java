package org.linli.hub.records.keeping;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.linli.program.folder.OwnerOnly;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.core.DB;

/**
 * Copies a SQLite database that others write to, as it is at one moment. The copy is made within a
 * read transaction, which in a write-ahead log holds up no writer, and is not begun anew when
 * somebody commits. After each step it pauses for as long as the step took: half of the disk's time
 * is the hub's.
 */
final class SqliteCopy {

  private static final int PAGES_IN_A_STEP = 1_024;
  private static final int BUSY_MILLIS = 100;
  private static final int MOST_BUSY = 300;
  private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(1);

  private SqliteCopy() {}

  /**
   * @param connection as {@link org.linli.hub.records.RecordsPlace#read} opens it
   * @param to a file that does not exist
   */
  static void make(Connection connection, Path to, Progress progress)
      throws IOException, SQLException, KeepingException {
    OwnerOnly.create(to);
    begin(connection);
    DB database = connection.unwrap(SQLiteConnection.class).getDatabase();
    Pace pace = new Pace(progress);
    int code =
        database.backup("main", to.toString(), pace, BUSY_MILLIS, MOST_BUSY, PAGES_IN_A_STEP);
    if (code == SQLiteErrorCode.SQLITE_FULL.code) {
      throw new KeepingException("disk-full", to);
    }
    if (code != SQLiteErrorCode.SQLITE_OK.code) {
      throw new KeepingException("copy-failed", SQLiteErrorCode.getErrorCode(code));
    }
    connection.rollback();
  }

  /** Takes the lock with which it reads, and keeps it until the transaction is over. */
  private static void begin(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet any = statement.executeQuery("SELECT COUNT(*) FROM community")) {
      any.next();
    }
  }

  private static final class Pace implements DB.ProgressObserver {

    private final Progress progress;
    private long began = System.nanoTime();

    Pace(Progress progress) {
      this.progress = progress;
    }

    @Override
    public void progress(int remaining, int all) {
      progress.at("hub.db", all - remaining, all);
      if (remaining > 0) {
        LockSupport.parkNanos(Math.min(System.nanoTime() - began, LONGEST_PAUSE));
      }
      began = System.nanoTime();
    }
  }
}
