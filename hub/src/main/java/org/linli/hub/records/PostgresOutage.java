package org.linli.hub.records;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.linli.program.log.RateLimitedLog;
import org.slf4j.LoggerFactory;

/**
 * Knows which pools cannot make connections, and says so in one line when it begins and in one when
 * it is over. A pool is away from the first connection that cannot be made and that somebody waits
 * for, until one of its connections answers. Thread-safe.
 */
final class PostgresOutage implements Availability {

  private static final RateLimitedLog limited =
      RateLimitedLog.of(LoggerFactory.getLogger(PostgresOutage.class));

  private static final String UNABLE_TO_CONNECT = "08001";

  private final DatabaseAddress address;
  private final DataSource direct;
  private final Set<PostgresPool> away = ConcurrentHashMap.newKeySet();
  private final Set<PostgresPool> suspected = ConcurrentHashMap.newKeySet();

  /** Why, and since when; null while every pool has connections. */
  private volatile @Nullable Trouble trouble;

  /** What broke a connection since the last look. */
  private volatile @Nullable SQLException broken;

  /** What broke one before the last look. For {@link #look} only. */
  private @Nullable SQLException brokenBefore;

  /**
   * An outage.
   *
   * @param nanos when it was noticed, by {@link System#nanoTime}
   */
  private record Trouble(String sentence, long nanos) {}

  /**
   * @param direct makes connections past every pool
   */
  PostgresOutage(DatabaseAddress address, DataSource direct) {
    this.address = address;
    this.direct = direct;
  }

  /**
   * Refuses a caller while a pool is away.
   *
   * @throws SQLTransientConnectionException with the reason
   */
  void refuse(PostgresPool pool) throws SQLTransientConnectionException {
    Trouble now = trouble;
    if (now != null && away.contains(pool)) {
      throw new SQLTransientConnectionException(now.sentence(), UNABLE_TO_CONNECT);
    }
  }

  /** Notes that a pool cannot make a connection. */
  void begins(PostgresPool pool, SQLException why) {
    RecordsUnavailableException refusal = PostgresRefusal.of(address, why);
    String sentence = String.valueOf(refusal.getMessage());
    synchronized (this) {
      Trouble before = trouble;
      trouble = new Trouble(sentence, before == null ? System.nanoTime() : before.nanos());
      away.add(pool);
      if (before != null) {
        return;
      }
    }
    limited
        .atWarn("away " + address)
        .addKeyValue("database", address)
        .log(
            "{} {} The hub tries again every second; gateways keep their events until then.",
            sentence,
            refusal.action());
  }

  /**
   * Returns the failure of a caller that got no connection although the server answers, and says it
   * in the log.
   */
  SQLTransientConnectionException noneFree(Duration waited, SQLException cause) {
    limited
        .atWarn("none free " + address)
        .addKeyValue("database", address)
        .log(
            "No connection to PostgreSQL became free within {} s: it answers slowly, or waits for"
                + " its disk or for a lock. Look into its log. Whoever waited tries again",
            waited.toSeconds());
    return new SQLTransientConnectionException(
        "No connection to PostgreSQL at %s became free within %d s."
            .formatted(address.servers(), waited.toSeconds()),
        UNABLE_TO_CONNECT,
        cause);
  }

  /** Has the server itself asked whether it answers: nobody got a connection for a while. */
  void suspect(PostgresPool pool) {
    suspected.add(pool);
  }

  @Override
  public void look() {
    for (PostgresPool pool : suspected) {
      suspected.remove(pool);
      if (!away.contains(pool)) {
        lookFor(pool);
      }
    }
    away.forEach(this::lookAgain);
    sayWhatBroke();
  }

  private void lookFor(PostgresPool pool) {
    try (Connection connection = direct.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT 1");
    } catch (SQLException e) {
      if (pool.isWithoutUse(e)) {
        begins(pool, e);
      }
    }
  }

  private void lookAgain(PostgresPool pool) {
    try {
      pool.probe();
    } catch (SQLException e) {
      // A step of waiting that is over says nothing new.
      if (!(e instanceof SQLTransientConnectionException)) {
        begins(pool, e);
      }
      return;
    }
    Trouble over;
    synchronized (this) {
      away.remove(pool);
      if (!away.isEmpty()) {
        return;
      }
      over = trouble;
      trouble = null;
    }
    if (over != null) {
      limited
          .atInfo("back " + address)
          .addKeyValue("database", address)
          .addKeyValue("seconds", Duration.ofNanos(System.nanoTime() - over.nanos()).toSeconds())
          .log("PostgreSQL at {} answers again; the hub goes on", address.servers());
    }
  }

  @Override
  public @Nullable String trouble() {
    Trouble now = trouble;
    return now == null ? null : now.sentence();
  }

  @Override
  public boolean isOfServer() {
    return true;
  }

  /** Hears of each statement that fails. What broke a connection is said by {@link #look}. */
  SQLExceptionOverride listener() {
    return new SQLExceptionOverride() {
      @java.lang.Override
      public Override adjudicate(SQLException failure) {
        heard(failure);
        return Override.CONTINUE_EVICT;
      }
    };
  }

  private void heard(SQLException failure) {
    if (trouble == null && FailureCause.isOfConnection(failure)) {
      broken = failure;
    }
  }

  /** Not before it is clear that a single connection broke, and the server is there. */
  private void sayWhatBroke() {
    SQLException toSay = brokenBefore;
    brokenBefore = broken;
    broken = null;
    if (trouble != null) {
      brokenBefore = null;
    } else if (toSay != null) {
      limited
          .atWarn("broken " + address)
          .addKeyValue("database", address)
          .addKeyValue("reason", toSay.getMessage())
          .log("A connection to PostgreSQL broke; what was under way on it is done again");
    }
  }
}
