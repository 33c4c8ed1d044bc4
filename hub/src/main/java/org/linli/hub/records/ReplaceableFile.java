package org.linli.hub.records;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.linli.program.folder.OwnerOnly;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * A SQLite file beside the records with one table, for dispensable data. Its users neither wait for
 * nor hold up the one connection that writes the records. Every commit is on disk when it returns.
 * A file that cannot be read, or has another version, is replaced by an empty one, and the log says
 * so.
 */
public final class ReplaceableFile implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ReplaceableFile.class);
  private static final int CONNECTIONS = 4;
  private static final int BUSY_MILLIS = 5_000;

  private final Path file;
  private final HikariDataSource connections;

  private ReplaceableFile(Path file, int version, String table) {
    this.file = file;
    this.connections = open(version, table);
  }

  /**
   * Opens the file, which is created for its owner only.
   *
   * @param version version of the table; kept as the file's {@code user_version}
   * @param table creates the table if it is missing
   * @throws UncheckedIOException when it cannot be written
   */
  public static ReplaceableFile open(Path file, int version, String table) {
    return new ReplaceableFile(file, version, table);
  }

  public JdbcClient client() {
    return JdbcClient.create(connections);
  }

  private HikariDataSource open(int version, String table) {
    try {
      return ready(version, table);
    } catch (DataAccessException unreadable) {
      LOG.atWarn()
          .addKeyValue("file", file)
          .addKeyValue("why", unreadable.getMostSpecificCause().getMessage())
          .log("a file that can be done without cannot be used; it is replaced by an empty one");
      delete();
      return ready(version, table);
    }
  }

  private HikariDataSource ready(int version, String table) {
    try {
      OwnerOnly.create(file);
    } catch (IOException e) {
      throw new UncheckedIOException("the file cannot be written: " + file, e);
    }
    HikariDataSource source = source();
    try {
      JdbcClient client = JdbcClient.create(source);
      int found = client.sql("PRAGMA user_version").query(Integer.class).single();
      int tables = client.sql("SELECT COUNT(*) FROM sqlite_schema").query(Integer.class).single();
      if (tables > 0 && found != version) {
        source.close();
        delete();
        return ready(version, table);
      }
      client.sql(table).update();
      if (found != version) {
        client.sql("PRAGMA user_version = " + version).update();
      }
      return source;
    } catch (DataAccessException e) {
      source.close();
      throw e;
    }
  }

  private HikariDataSource source() {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout(BUSY_MILLIS);
    SQLiteDataSource sqlite = new SQLiteDataSource(config);
    sqlite.setUrl("jdbc:sqlite:" + file);
    HikariConfig pool = new HikariConfig();
    pool.setPoolName(file.getFileName().toString());
    pool.setDataSource(sqlite);
    pool.setMaximumPoolSize(CONNECTIONS);
    pool.setMinimumIdle(0);
    pool.setConnectionTimeout(BUSY_MILLIS);
    pool.setInitializationFailTimeout(-1);
    return new HikariDataSource(pool);
  }

  private void delete() {
    try {
      for (String suffix : new String[] {"", "-wal", "-shm", "-journal"}) {
        Files.deleteIfExists(Path.of(file + suffix));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the file cannot be replaced: " + file, e);
    }
  }

  @Override
  public void close() {
    connections.close();
  }
}
