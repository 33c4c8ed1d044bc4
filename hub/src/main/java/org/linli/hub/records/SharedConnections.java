package org.linli.hub.records;

import com.zaxxer.hikari.HikariDataSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Connections for what hubs of one database share and can do without, such as sessions. They
 * neither wait for nor hold up the one that writes the records, and are not bound to the right to
 * write them. There are none where the records are in a file of this hub's own.
 */
public final class SharedConnections implements AutoCloseable {

  private final @Nullable HikariDataSource connections;

  SharedConnections(RecordsDatabase database) {
    this.connections = database.shared().orElse(null);
  }

  public Optional<JdbcClient> client() {
    return Optional.ofNullable(connections).map(JdbcClient::create);
  }

  @Override
  public void close() {
    if (connections != null) {
      connections.close();
    }
  }
}
