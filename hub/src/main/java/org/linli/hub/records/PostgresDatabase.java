package org.linli.hub.records;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL database: one connection that writes, a few that cannot. Each commit is on the
 * server's disk when it returns, whatever the server's own setting is.
 *
 * <p>A session that writes holds an advisory lock of its schema, and each of its commits carries
 * the fencing number of the hub ({@link HubLease}), so two hubs never write into the same records.
 */
final class PostgresDatabase implements RecordsDatabase {

  private static final Logger LOG = LoggerFactory.getLogger(PostgresDatabase.class);

  /** As for SQLite: see {@link RecordsDatabase#writer}. */
  private static final int WRITERS = 1;

  private static final int READERS = 4;

  /** A statement that waits longer for a lock, or works longer, is given up and retried. */
  private static final Duration LONGEST_LOCK = Duration.ofSeconds(5);

  private static final Duration LONGEST_STATEMENT = Duration.ofSeconds(30);

  /** After it the server ends a session whose hub is frozen in the middle of a transaction. */
  private static final Duration LONGEST_IDLE_IN_TRANSACTION = Duration.ofSeconds(60);

  /** A server that is busy may take seconds for an answer. */
  private static final Duration LONGEST_VALIDATION = Duration.ofSeconds(8);

  private static final Duration LONGEST_LIFE = Duration.ofMinutes(30);
  private static final Duration KEEP_ALIVE = Duration.ofMinutes(1);

  /** What each session that may write is told. */
  static final List<String> OF_ALL =
      List.of(
          "lock_timeout=" + LONGEST_LOCK.toMillis(),
          "default_transaction_isolation=read committed");

  private static final List<String> OF_POOLS =
      List.of(
          "synchronous_commit=on",
          "statement_timeout=" + LONGEST_STATEMENT.toMillis(),
          "idle_in_transaction_session_timeout=" + LONGEST_IDLE_IN_TRANSACTION.toMillis());

  private static final String ONLY_READ = "default_transaction_read_only=on";

  private final DatabaseAddress address;
  private final HubLease lease;
  private final PostgresOutage outage;
  private final boolean isNew;

  /**
   * @param own address of this hub's pages, which people are told while another one stands by
   * @throws RecordsUnavailableException when it cannot be reached, or cannot have a hub's records
   */
  PostgresDatabase(DatabaseAddress address, String own) {
    this.address = address;
    this.lease = new HubLease(own, address.impatientConnections());
    this.outage = new PostgresOutage(address, address.connections(OF_ALL));
    this.isNew = new PostgresChecks(address, address.connections(OF_ALL)).areNew();
  }

  /** Returns whether there were no records in it. */
  boolean isNew() {
    return isNew;
  }

  @Override
  public HikariDataSource writer() {
    HikariConfig settings = settings("records-writer", WRITERS);
    // Whoever gives the lock up for a moment may find another hub with it.
    settings.setMaxLifetime(0);
    settings.setIdleTimeout(0);
    return pool(settings, List.of(), PostgresChecks.ONE_HUB);
  }

  @Override
  public HikariDataSource readers() {
    HikariConfig settings = settings("records-readers", READERS);
    settings.setMaxLifetime(LONGEST_LIFE.toMillis());
    return pool(settings, List.of(ONLY_READ), null);
  }

  @Override
  public Availability availability() {
    return outage;
  }

  @Override
  public Optional<HikariDataSource> shared(String name, int connections, boolean readOnly) {
    HikariConfig settings = settings(name, connections);
    settings.setMaxLifetime(LONGEST_LIFE.toMillis());
    return Optional.of(pool(settings, readOnly ? List.of(ONLY_READ) : List.of(), null));
  }

  /**
   * Steps of the migration may take any time, and Flyway wants a second connection. The writer is
   * opened first, so that its lock keeps other hubs from writing meanwhile.
   */
  @Override
  public DataSource migrations(DataSource writer) {
    try (Connection _ = writer.getConnection()) {
      LOG.debug("This hub holds the lock of the records");
    } catch (SQLException e) {
      throw PostgresRefusal.of(address, e);
    }
    return address.connections(OF_ALL);
  }

  @Override
  public CommitCheck commitCheck() {
    return lease;
  }

  @Override
  public Optional<HubLease> lease() {
    return Optional.of(lease);
  }

  @Override
  public String remedy() {
    return "Look into the log of PostgreSQL at "
        + address.servers()
        + ". If database "
        + address.database()
        + " is damaged, restore it from a copy.";
  }

  private HikariConfig settings(String name, int size) {
    HikariConfig settings = new HikariConfig();
    settings.setPoolName(name);
    settings.setMaximumPoolSize(size);
    settings.setMinimumIdle(0);
    settings.setConnectionTimeout(PostgresPool.STEP.toMillis());
    settings.setKeepaliveTime(KEEP_ALIVE.toMillis());
    settings.setValidationTimeout(LONGEST_VALIDATION.toMillis());
    settings.setInitializationFailTimeout(-1);
    settings.setExceptionOverride(outage.listener());
    return settings;
  }

  private PostgresPool pool(HikariConfig settings, List<String> options, @Nullable String first) {
    List<String> all = Stream.of(OF_ALL, OF_POOLS, options).flatMap(List::stream).toList();
    NotedConnections connections = new NotedConnections(address.connections(all), first);
    settings.setDataSource(connections);
    return new PostgresPool(settings, connections, outage);
  }
}
