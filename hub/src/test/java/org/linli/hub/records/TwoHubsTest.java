package org.linli.hub.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two hubs as processes, and the records of both in one real PostgreSQL. */
@Tag("slow")
class TwoHubsTest {

  private static final String READINESS = "/actuator/health/readiness";

  /** With the time of its start on a machine that other tests use as well. */
  private static final Duration TAKEN_OVER = Duration.ofSeconds(30);

  @TempDir Path folder;

  private final PostgresServer server = TestDatabase.server();
  private final String database = "hubs_" + System.nanoTime();

  private HubProcess hub(String name, String... settings) throws Exception {
    List<String> all = new ArrayList<>(List.of(settings));
    all.add("--linli.database-url=" + server.url(database));
    all.add("--linli.database-user=" + PostgresServer.SUPERUSER);
    return new HubProcess(folder.resolve(name), all.toArray(String[]::new));
  }

  private String fence() {
    return server.ask(database, "SELECT fence FROM hub_lease");
  }

  @Test
  void oneStandsByAndTakesOverFromOneThatIsKilledOrFrozen() throws Exception {
    server.run("postgres", "CREATE DATABASE " + database);
    try (HubProcess first = hub("first")) {
      first.awaitStatus(READINESS, 200);
      Path wrong = Files.writeString(folder.resolve("wrong.yml"), "community: {id: 7}");
      try (HubProcess third = hub("third", "--linli.community-file=" + wrong)) {
        assertThat(third.awaitEnd())
            .as("it says now, and not when it takes over, that it could not")
            .isEqualTo(1);
        assertThat(third.said()).contains("wrong.yml cannot be used").doesNotContain("stands by");
      }
      try (HubProcess second = hub("second")) {
        second.awaitStatus(READINESS, 503);
        assertThat(second.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
        assertThat(second.get("/alerts?state=open").headers().firstValue("Location"))
            .hasValue(first.address() + "/alerts?state=open");
        assertThat(fence()).isEqualTo("1");

        first.signal("-KILL");
        long killed = System.nanoTime();
        second.awaitStatus(READINESS, 200);
        assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(TAKEN_OVER);
        assertThat(fence()).isEqualTo("2");
        assertThat(second.get("/api/v1/alerts").statusCode()).isEqualTo(200);

        first.startAgain();
        first.awaitStatus("/actuator/health/liveness", 200);
        first.awaitStatus(READINESS, 503);
        second.signal("-STOP");
        first.awaitStatus(READINESS, 200);
        assertThat(fence()).isEqualTo("3");
        second.signal("-CONT");
        assertThat(second.awaitEnd()).as(second.said()).isEqualTo(ProgramEnd.EXIT_CODE);
        assertThat(second.said()).contains("Another hub has taken over the records");
        assertThat(fence()).isEqualTo("3");
      }
    }
  }
}
