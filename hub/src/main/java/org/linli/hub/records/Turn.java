package org.linli.hub.records;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection of a hub that waits for the records of another one, and starts once it may. It is
 * held until this hub has them, so that of several that wait only the next one looks. For one
 * thread.
 */
final class Turn implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Turn.class);

  /** The number of {@link PostgresChecks#ONE_HUB} and one more. */
  private static final String BE_NEXT =
      """
      SELECT pg_try_advisory_lock(1279872589 * 4294967296 + oid::bigint)
      FROM pg_namespace WHERE nspname = current_schema()
      """;

  /** Who writes, by the halves of the lock's number: "LINL" and the schema's own. */
  private static final String WRITERS =
      """
      FROM pg_locks, pg_namespace
      WHERE locktype = 'advisory' AND database =
          (SELECT oid FROM pg_database WHERE datname = current_database())
        AND classid = 1279872588 AND objid = pg_namespace.oid AND granted
        AND nspname = current_schema()
      """;

  private static final String COUNT_WRITERS = "SELECT COUNT(*) " + WRITERS;
  private static final String END_WRITERS = "SELECT pg_terminate_backend(pid) " + WRITERS;
  private static final String HAS_LEASE =
      "SELECT to_regclass(quote_ident(current_schema()) || '.hub_lease') IS NOT NULL";
  private static final String LEASE = "SELECT fence, renewals, address FROM hub_lease";

  private static final Duration PROMPT = Duration.ofSeconds(1);

  private final Connection connection;
  private boolean isNext;

  /**
   * What there is to see of the hub that has the records.
   *
   * @param isNext whether no other hub waits before this one
   * @param isFree whether none is connected to write
   * @param fence its fencing number
   * @param renewals how often it renewed its right; -1 if it does not, being of an earlier version
   * @param address of its console; empty if it is not known
   */
  record Sight(boolean isNext, boolean isFree, long fence, long renewals, String address) {}

  Turn(Connection connection) {
    this.connection = connection;
  }

  /** Whether there is a schema to have the records. */
  boolean hasSchema() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return isTrue(statement, "SELECT current_schema() IS NOT NULL");
    }
  }

  /**
   * Whether the server takes writes promptly. A hub that waits for a slow disk there would
   * otherwise be taken for one that is silent.
   */
  boolean takesWrites() throws SQLException {
    long began = System.nanoTime();
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT 1 FROM hub_lease FOR KEY SHARE");
    }
    return System.nanoTime() - began < PROMPT.toNanos();
  }

  /** Looks who has the records. */
  Sight look() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      isNext = isNext || isTrue(statement, BE_NEXT);
      boolean isFree = number(statement, COUNT_WRITERS) == 0;
      if (!isTrue(statement, HAS_LEASE)) {
        return new Sight(isNext, isFree, 0, -1, "");
      }
      try (ResultSet lease = statement.executeQuery(LEASE)) {
        return lease.next()
            ? new Sight(isNext, isFree, lease.getLong(1), lease.getLong(2), lease.getString(3))
            : new Sight(isNext, isFree, 0, -1, "");
      }
    }
  }

  /** Ends the connection of a hub that writes no more, and with it what it has not committed. */
  void endWriters() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(END_WRITERS);
    }
  }

  private static boolean isTrue(Statement statement, String query) throws SQLException {
    try (ResultSet result = statement.executeQuery(query)) {
      return result.next() && result.getBoolean(1);
    }
  }

  private static long number(Statement statement, String query) throws SQLException {
    try (ResultSet result = statement.executeQuery(query)) {
      return result.next() ? result.getLong(1) : 0;
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException itIsGone) {
      LOG.debug("The connection was gone", itIsGone);
    }
  }
}
