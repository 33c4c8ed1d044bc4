package org.linli.hub.records;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Connections to the database of the records, for what is beside them. Thread-safe. */
public final class SharedPool implements AutoCloseable {

  private final HikariDataSource connections;

  SharedPool(HikariDataSource connections) {
    this.connections = connections;
  }

  public JdbcClient client() {
    return JdbcClient.create(connections);
  }

  /**
   * Returns a connection, which the caller closes.
   *
   * @throws SQLException at once while the database is away, otherwise after some seconds
   */
  public Connection connection() throws SQLException {
    return connections.getConnection();
  }

  @Override
  public void close() {
    connections.close();
  }
}
