package org.linli.hub.records;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * A PostgreSQL database: one connection that writes, a few that cannot. Each commit is on the
 * server's disk when it returns, whatever the server's own setting is.
 *
 * <p>A session that writes holds an advisory lock of its schema, and each of its commits carries
 * the fencing number of the hub ({@link HubLease}), so two hubs never write into the same records.
 */
final class PostgresDatabase implements RecordsDatabase {

  /** As for SQLite: see {@link RecordsDatabase#writer}. */
  private static final int WRITERS = 1;

  private static final int READERS = 4;
  private static final int SHARED = 2;

  /** A statement that waits longer for a lock, or works longer, is given up and retried. */
  private static final Duration LONGEST_LOCK = Duration.ofSeconds(5);

  private static final Duration LONGEST_STATEMENT = Duration.ofSeconds(30);

  /** After it the server ends a session whose hub is frozen in the middle of a transaction. */
  private static final Duration LONGEST_IDLE_IN_TRANSACTION = Duration.ofSeconds(60);

  /** How long whoever reads or writes waits for a connection: the health page too. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  /** A server that is busy may take seconds for an answer. */
  private static final Duration LONGEST_VALIDATION = Duration.ofSeconds(8);

  private static final Duration LONGEST_LIFE = Duration.ofMinutes(30);
  private static final Duration KEEP_ALIVE = Duration.ofMinutes(1);

  private static final List<String> OF_ALL =
      List.of(
          "lock_timeout=" + LONGEST_LOCK.toMillis(),
          "default_transaction_isolation=read committed");

  private static final List<String> OF_POOLS =
      List.of(
          "synchronous_commit=on",
          "statement_timeout=" + LONGEST_STATEMENT.toMillis(),
          "idle_in_transaction_session_timeout=" + LONGEST_IDLE_IN_TRANSACTION.toMillis());

  /** Long after it another hub has taken over. */
  private static final List<String> OF_LEASES =
      List.of("statement_timeout=3000", "synchronous_commit=off");

  private static final String ONLY_READ = "default_transaction_read_only=on";

  private final DatabaseAddress address;
  private final HubLease lease;
  private final boolean isNew;

  /**
   * @param own address of this hub's pages, which people are told while another one stands by
   * @throws RecordsUnavailableException when it cannot be reached, or cannot have a hub's records
   */
  PostgresDatabase(DatabaseAddress address, String own) {
    this.address = address;
    this.lease = new HubLease(own, address.connections(OF_LEASES));
    this.isNew = new PostgresChecks(address, address.connections(OF_ALL)).areNew();
  }

  /** Returns whether there were no records in it. */
  boolean isNew() {
    return isNew;
  }

  @Override
  public HikariDataSource writer() {
    HikariConfig pool = pool("records-writer", WRITERS, List.of());
    pool.setConnectionInitSql(PostgresChecks.ONE_HUB);
    // Whoever gives the lock up for a moment may find another hub with it.
    pool.setMaxLifetime(0);
    pool.setIdleTimeout(0);
    return new HikariDataSource(pool);
  }

  @Override
  public HikariDataSource readers() {
    HikariConfig pool = pool("records-readers", READERS, List.of(ONLY_READ));
    pool.setMaxLifetime(LONGEST_LIFE.toMillis());
    return new HikariDataSource(pool);
  }

  @Override
  public Optional<HikariDataSource> shared() {
    HikariConfig pool = pool("records-shared", SHARED, List.of());
    pool.setMaxLifetime(LONGEST_LIFE.toMillis());
    return Optional.of(new HikariDataSource(pool));
  }

  /** Steps of the migration may take any time, and Flyway wants a second connection. */
  @Override
  public DataSource migrations(DataSource writer) {
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

  private HikariConfig pool(String name, int size, List<String> options) {
    HikariConfig pool = new HikariConfig();
    pool.setPoolName(name);
    pool.setDataSource(
        address.connections(Stream.of(OF_ALL, OF_POOLS, options).flatMap(List::stream).toList()));
    pool.setMaximumPoolSize(size);
    pool.setMinimumIdle(0);
    pool.setConnectionTimeout(LONGEST_WAIT.toMillis());
    pool.setKeepaliveTime(KEEP_ALIVE.toMillis());
    pool.setValidationTimeout(LONGEST_VALIDATION.toMillis());
    pool.setInitializationFailTimeout(-1);
    return pool;
  }
}
