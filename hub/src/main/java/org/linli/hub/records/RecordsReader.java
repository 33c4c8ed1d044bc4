package org.linli.hub.records;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads the hub's records on connections that cannot write, beside the one writer and never waiting
 * for it. A query sees what was committed when it began.
 */
public final class RecordsReader implements AutoCloseable {

  private final HikariDataSource connections;
  private final JdbcClient client;

  RecordsReader(HikariDataSource connections) {
    this.connections = connections;
    this.client = JdbcClient.create(connections);
  }

  /** As {@link JdbcClient#sql(String)}; any statement but a query fails. */
  public JdbcClient.StatementSpec sql(String query) {
    return client.sql(query);
  }

  @Override
  public void close() {
    connections.close();
  }
}
