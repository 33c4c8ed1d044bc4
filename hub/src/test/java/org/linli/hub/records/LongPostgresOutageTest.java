package org.linli.hub.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A hub whose PostgreSQL is frozen, gives others its connections or is slow, for longer than any
 * time limit. Each event and each alert is there once afterwards.
 */
@Tag("thorough")
@Isolated
class LongPostgresOutageTest {

  private static final Duration SOON = Duration.ofSeconds(60);

  /** Longer than the driver waits for an answer. */
  private static final Duration FROZEN = Duration.ofSeconds(50);

  private static final String OF_HUB =
      "FROM pg_stat_activity WHERE application_name = 'linli-hub' AND pid <> pg_backend_pid()";

  @TempDir Path folder;

  @Test
  void losesNothingWhileTheServerIsFrozen() throws Exception {
    try (HubOnPostgres all = HubOnPostgres.start(PostgresServer.started(), 0, folder)) {
      all.takesAlarms(5);
      try (PostgresServer.Pause _ = all.server.pause()) {
        long begin = System.nanoTime();
        await().atMost(SOON).until(all::isDown);
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
            .as("until it is noticed")
            .isLessThan(Duration.ofSeconds(30));
        long confirmed = all.gateway.events();
        await().atMost(FROZEN.multipliedBy(2)).during(FROZEN).until(all::isDown);
        assertThat(all.alerts().statusCode()).isEqualTo(503);
        assertThat(all.gateway.events()).isEqualTo(confirmed);
      }
      all.takesAlarms(20);
      all.hasEachEventAndAlertOnce();
    }
  }

  @Test
  void goesOnWithItsOwnConnectionsAndWaitsForOthersToGiveThemBack() throws Exception {
    PostgresServer server =
        PostgresServer.started("max_connections = 25", "superuser_reserved_connections = 0");
    try (HubOnPostgres all = HubOnPostgres.start(server, 0, folder)) {
      all.takesAlarms(5);
      List<Connection> others = new ArrayList<>();
      take(server, others);
      all.takesAlarms(20);
      assertThat(all.trouble()).as("it has the connection that writes").isEmpty();

      Connection last = others.removeLast();
      while (!all.isDown()) {
        try (var cut = last.createStatement()) {
          cut.execute("SELECT pg_terminate_backend(pid) " + OF_HUB);
        }
        take(server, others);
      }
      assertThat(all.trouble()).contains("takes no more connections");
      assertThat(all.alerts().statusCode()).isEqualTo(503);

      others.add(last);
      for (Connection one : others) {
        one.close();
      }
      all.takesAlarms(20);
      await().atMost(SOON).until(() -> !all.isDown());
      all.hasEachEventAndAlertOnce();
    }
  }

  private static void take(PostgresServer server, List<Connection> others) {
    try {
      while (true) {
        others.add(server.connection("postgres"));
      }
    } catch (SQLException noneLeft) {
      assertThat(noneLeft.getSQLState()).isEqualTo("53300");
    }
  }

  @Test
  void losesNothingWhileEachAnswerTakesFiveSeconds() throws Exception {
    PostgresServer server = PostgresServer.started();
    try (SlowProxy proxy = new SlowProxy(server.port());
        HubOnPostgres all = HubOnPostgres.start(server, proxy.port(), folder)) {
      all.takesAlarms(5);
      proxy.answersAfter(Duration.ofSeconds(5));
      await().pollDelay(FROZEN).atMost(FROZEN.multipliedBy(2)).until(() -> true);
      proxy.answersAfter(Duration.ZERO);
      all.takesAlarms(20);
      all.hasEachEventAndAlertOnce();
    }
  }
}
