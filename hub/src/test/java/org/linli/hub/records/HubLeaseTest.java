package org.linli.hub.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The right to write, of two hubs of one PostgreSQL. */
class HubLeaseTest {

  @Test
  void aNumberThatAFailoverGivesAgainIsOnlyOfWhoTookItLast() throws Exception {
    PostgresServer server = TestDatabase.server();
    String database = "lease_" + System.nanoTime();
    server.run("postgres", "CREATE DATABASE " + database);
    for (String step : new String[] {"V059", "V061"}) {
      server.run(database, step(step));
    }
    HubLease first = new HubLease("http://first", new PGSimpleDataSource());
    HubLease second = new HubLease("http://second", new PGSimpleDataSource());
    try (Connection connection = server.connection(database)) {
      connection.setAutoCommit(false);
      commits(first, connection);
      commits(first, connection);
      server.run(database, "UPDATE hub_lease SET fence = 0, address = '', holder = ''");
      commits(second, connection);
      assertThat(server.ask(database, "SELECT fence FROM hub_lease")).isEqualTo("1");
      assertThatThrownBy(() -> commits(first, connection)).isInstanceOf(RightLostException.class);
      assertThat(first.isLost()).isTrue();
      connection.rollback();
      commits(second, connection);
    }
    server.run("postgres", "DROP DATABASE " + database);
  }

  private static String step(String version) throws Exception {
    return new PathMatchingResourcePatternResolver()
        .getResources("classpath*:/db/**/" + version + "__*.sql")[0].getContentAsString(
            StandardCharsets.UTF_8);
  }

  private static void commits(HubLease lease, Connection connection) throws SQLException {
    lease.before(connection, false);
    connection.commit();
    lease.after(false);
  }
}
