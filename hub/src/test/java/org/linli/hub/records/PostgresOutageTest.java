package org.linli.hub.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.linli.hub.PrintedLines;
import org.linli.hub.RunningHub;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/**
 * A hub while its PostgreSQL is stopped or killed, and afterwards. {@link LongPostgresOutageTest}
 * has what takes longer.
 */
@Isolated
@ExtendWith(OutputCaptureExtension.class)
class PostgresOutageTest {

  static final String SECRET = "a-password-nobody-may-read";

  private static final String READINESS = "/actuator/health/readiness";

  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path folder;

  @Test
  void saysOnceWhatIsWrongRefusesAtOnceAndGoesOn(CapturedOutput console) throws Exception {
    try (HubOnPostgres all = HubOnPostgres.start(PostgresServer.started(), 0, folder)) {
      all.takesAlarms(5);
      RunningHub.Visitor visitor = all.hub.signedInVisitor();
      String where = "127.0.0.1:" + all.server.port();
      int before = console.getAll().length();

      all.server.stop();
      await().atMost(SOON).until(all::isDown);
      assertThat(all.trouble()).startsWith("PostgreSQL at " + where + " cannot be reached");

      await().atMost(SOON).until(() -> all.hub.api(READINESS).statusCode() == 503);
      assertThat(all.hub.api("/actuator/health/liveness").statusCode()).isEqualTo(200);

      long begin = System.nanoTime();
      for (int i = 0; i < 5; i++) {
        HttpResponse<String> refused = all.alerts();
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).contains("5");
        assertThat(refused.headers().firstValue("Content-Type"))
            .contains("application/problem+json");
        assertThat(RunningHub.read(refused).get("detail").asString())
            .startsWith("The hub's database cannot be reached now, and nothing was changed.");
        HttpResponse<String> page = visitor.get("/?lang=zh");
        assertThat(page.statusCode()).isEqualTo(503);
        assertThat(page.headers().firstValue("Retry-After")).contains("5");
        assertThat(page.body()).contains("数据库暂时无法访问");
        assertThat(visitor.get("/?lang=en").body()).contains("The database cannot be reached now");
      }
      assertThat(Duration.ofNanos(System.nanoTime() - begin))
          .as("fifteen refusals")
          .isLessThan(Duration.ofSeconds(5));

      long confirmed = all.gateway.events();
      await().during(Duration.ofSeconds(3)).atMost(SOON).until(all::isDown);
      assertThat(all.gateway.events()).isEqualTo(confirmed);

      all.server.start();
      await().atMost(SOON).until(() -> !all.isDown());
      await().atMost(SOON).until(() -> all.hub.api(READINESS).statusCode() == 200);
      all.takesAlarms(5);
      assertThat(visitor.get("/").statusCode()).isEqualTo(200);
      all.hasEachEventAndAlertOnce();

      assertThat(PrintedLines.with(" WARN ", console, before))
          .singleElement()
          .asString()
          .contains(
              "PostgreSQL at " + where + " cannot be reached",
              "database=\"" + where + "/postgres\"");
      assertThat(PrintedLines.with("PostgresOutage", console, before))
          .filteredOn(line -> line.contains(" INFO "))
          .singleElement()
          .asString()
          .contains("PostgreSQL at " + where + " answers again", "seconds=\"");
      assertThat(PrintedLines.with(" ERROR ", console, before)).isEmpty();
      String said = console.getAll().substring(before);
      assertThat(said.lines()).noneMatch(line -> line.startsWith("\tat "));
      assertThat(said).doesNotContain(SECRET);
    }
  }

  @Test
  void losesNothingWhenConnectionsAreCutInCommitsAndTheServerIsKilled(CapturedOutput console)
      throws Exception {
    try (HubOnPostgres all = HubOnPostgres.start(PostgresServer.started(), 0, folder)) {
      for (int cut = 0; cut < 10; cut++) {
        all.takesAlarms(2);
        all.server.run(
            "postgres",
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE application_name = 'linli-hub'");
      }
      all.takesAlarms(2);
      all.server.crash();
      await().atMost(SOON).until(all::isDown);
      all.server.start();
      all.takesAlarms(5);
      all.hasEachEventAndAlertOnce();
      assertThat(console.getAll()).doesNotContain("A thread of the program failed");
    }
  }
}
