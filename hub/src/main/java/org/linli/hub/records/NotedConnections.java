package org.linli.hub.records;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Makes the connections of a pool, and remembers the newest failure of making one. */
final class NotedConnections extends DelegatingDataSource {

  private final @Nullable String first;
  private final AtomicReference<@Nullable Failure> newest = new AtomicReference<>();

  /**
   * Why no connection could be made.
   *
   * @param nanos when, by {@link System#nanoTime}
   */
  record Failure(SQLException why, long nanos) {}

  /**
   * @param first a statement that each connection begins with; null for none
   */
  NotedConnections(DataSource source, @Nullable String first) {
    super(source);
    this.first = first;
  }

  @Override
  public Connection getConnection() throws SQLException {
    try {
      Connection made = super.getConnection();
      begin(made);
      return made;
    } catch (SQLException e) {
      newest.set(new Failure(e, System.nanoTime()));
      throw e;
    }
  }

  private void begin(Connection made) throws SQLException {
    if (first == null) {
      return;
    }
    try (Statement statement = made.createStatement()) {
      statement.execute(first);
    } catch (SQLException e) {
      made.close();
      throw e;
    }
  }

  /** The pool would give a slow server no more time than a caller has. */
  @Override
  public void setLoginTimeout(int seconds) {
    // As the address sets it.
  }

  /** Returns the newest failure since a time; null if there was none. */
  @Nullable SQLException failureSince(long nanos) {
    Failure failure = newest.get();
    return failure != null && failure.nanos() - nanos >= 0 ? failure.why() : null;
  }
}
