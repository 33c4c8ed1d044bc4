package org.linli.hub.records;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import javax.sql.DataSource;
import org.linli.program.folder.OwnerOnly;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * One SQLite file: write-ahead log, {@code synchronous=FULL} (every commit is on disk when it
 * returns), foreign keys enforced.
 */
final class SqliteFile implements RecordsDatabase {

  /** Its name in the data folder. */
  static final String NAME = "hub.db";

  private static final byte[] HEADER = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
  private static final int READERS = 4;
  private static final String MAY_WRITE =
      "Give this user the right to write it, or set LINLI_DATA to another folder.";
  private static final String RESTORE = "Repair the disk, or restore the data folder from a copy.";

  /** Counts all tables, and those that only Linli's migrations create. */
  private static final String TABLES =
      """
      SELECT COUNT(*), COALESCE(SUM(name = 'flyway_schema_history'), 0) FROM sqlite_schema
      WHERE type = 'table'
      """;

  private final Path file;
  private final Duration wait;

  /**
   * @throws RecordsUnavailableException when the file is not SQLite's or not a hub's, is damaged,
   *     or cannot be written
   */
  SqliteFile(Path file, Duration wait) {
    this.file = file;
    this.wait = wait;
    refuseForeignFile();
    makeForItsOwner();
  }

  /** SQLite creates further files with the permissions of this one. */
  private void makeForItsOwner() {
    try {
      OwnerOnly.create(file);
    } catch (IOException e) {
      throw new RecordsUnavailableException(
          "The records file " + file + " cannot be made (" + e.getMessage() + ").", MAY_WRITE, e);
    }
  }

  private void refuseForeignFile() {
    if (!Files.exists(file)) {
      return;
    }
    if (!Files.isRegularFile(file) || !Files.isWritable(file)) {
      throw new RecordsUnavailableException(
          "The records file " + file + " cannot be written.", MAY_WRITE);
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(HEADER.length);
      if (start.length > 0 && !Arrays.equals(start, HEADER)) {
        throw new RecordsUnavailableException(
            "The file "
                + file
                + " is not a Linli database: it does not begin as SQLite's files do.",
            "Move it away, or set LINLI_DATA to another folder.");
      }
    } catch (IOException e) {
      throw new RecordsUnavailableException(
          "The records file " + file + " cannot be read (" + e.getMessage() + ").", RESTORE, e);
    }
    refuseForeignTables();
  }

  /** Checks without writing, so that a foreign or torn file stays as it is. */
  private void refuseForeignTables() {
    try (Connection connection = reading().getConnection();
        Statement statement = connection.createStatement();
        ResultSet tables = statement.executeQuery(TABLES)) {
      tables.next();
      if (tables.getInt(1) > 0 && tables.getInt(2) == 0) {
        throw new RecordsUnavailableException(
            "The file " + file + " is a SQLite database, but not a Linli hub's.",
            "Move it away, or set LINLI_DATA to another folder; it was left as it is.");
      }
    } catch (SQLException e) {
      throw new RecordsUnavailableException(
          "The records file " + file + " is damaged (" + e.getMessage() + ").", RESTORE, e);
    }
  }

  /** Its transactions take the write lock when they begin. */
  @Override
  public HikariDataSource writer() {
    return pool("records-writer", mayWrite(), 1, false);
  }

  /** Makes connections that write as {@link #writer} does, one for each call. */
  DataSource writing() {
    return source(mayWrite());
  }

  private SQLiteConfig mayWrite() {
    SQLiteConfig config = config();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    return config;
  }

  @Override
  public HikariDataSource readers() {
    return pool("records-readers", readOnly(), READERS, true);
  }

  /** Makes connections that can only read, one for each call. */
  DataSource reading() {
    return source(readOnly());
  }

  @Override
  public Optional<HikariDataSource> shared(String name, int connections, boolean readOnly) {
    return Optional.empty();
  }

  @Override
  public DataSource migrations(DataSource writer) {
    return writer;
  }

  @Override
  public CommitCheck commitCheck() {
    return new SameFile(file);
  }

  @Override
  public Optional<HubLease> lease() {
    return Optional.empty();
  }

  @Override
  public Availability availability() {
    return Availability.ALWAYS;
  }

  @Override
  public String remedy() {
    return "Check the disk. If hub.db in LINLI_DATA is damaged, restore the data folder from a"
        + " copy.";
  }

  private SQLiteConfig readOnly() {
    SQLiteConfig config = config();
    config.setReadOnly(true);
    return config;
  }

  private SQLiteConfig config() {
    SQLiteConfig config = new SQLiteConfig();
    config.enforceForeignKeys(true);
    config.setBusyTimeout(Math.toIntExact(wait.toMillis()));
    return config;
  }

  private SQLiteDataSource source(SQLiteConfig config) {
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }

  private HikariDataSource pool(String name, SQLiteConfig config, int size, boolean readOnly) {
    HikariConfig pool = new HikariConfig();
    pool.setPoolName(name);
    pool.setDataSource(source(config));
    pool.setMaximumPoolSize(size);
    pool.setMinimumIdle(0);
    pool.setMaxLifetime(0);
    pool.setReadOnly(readOnly);
    pool.setInitializationFailTimeout(-1);
    return new HikariDataSource(pool);
  }
}
