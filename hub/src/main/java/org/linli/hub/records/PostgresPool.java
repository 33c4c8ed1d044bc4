package org.linli.hub.records;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;

/**
 * A pool that refuses everybody at once while no connection can be made. Whoever waits when that is
 * noticed waits no longer than {@link #STEP}.
 */
final class PostgresPool extends HikariDataSource {

  /** Whoever waits looks this often whether there is any use in it. */
  static final Duration STEP = Duration.ofMillis(500);

  /** How long whoever reads or writes waits for a connection: the health page too. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  /** After it the server itself is asked whether it answers. */
  private static final Duration SUSPICIOUS = Duration.ofSeconds(2);

  private static final String TOO_MANY = "53300";

  private final NotedConnections connections;
  private final PostgresOutage outage;

  PostgresPool(HikariConfig settings, NotedConnections connections, PostgresOutage outage) {
    super(settings);
    this.connections = connections;
    this.outage = outage;
  }

  @Override
  public Connection getConnection() throws SQLException {
    long begin = System.nanoTime();
    while (true) {
      outage.refuse(this);
      try {
        return super.getConnection();
      } catch (SQLTransientConnectionException none) {
        SQLException failure = connections.failureSince(begin);
        if (failure != null && isWithoutUse(failure)) {
          outage.begins(this, failure);
        }
        Duration waited = Duration.ofNanos(System.nanoTime() - begin);
        if (waited.compareTo(LONGEST_WAIT) >= 0) {
          throw outage.noneFree(LONGEST_WAIT, none);
        }
        if (waited.compareTo(SUSPICIOUS) >= 0) {
          outage.suspect(this);
        }
      }
    }
  }

  /** A server that gives others its last connection leaves those that are there. */
  boolean isWithoutUse(SQLException failure) {
    return !TOO_MANY.equals(failure.getSQLState())
        || getHikariPoolMXBean().getTotalConnections() == 0;
  }

  /** Asks the server for an answer on one of these connections, also while others are refused. */
  void probe() throws SQLException {
    try (Connection connection = super.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT 1");
    } catch (SQLTransientConnectionException none) {
      SQLException failure = connections.failureSince(System.nanoTime() - STEP.toNanos());
      throw failure == null ? none : failure;
    }
  }
}
