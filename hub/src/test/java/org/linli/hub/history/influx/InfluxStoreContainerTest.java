package org.linli.hub.history.influx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.linli.hub.history.BoundedNames;
import org.linli.hub.history.EventQuery;
import org.linli.hub.history.Happened;
import org.linli.hub.history.HistoryContract;
import org.linli.hub.history.HistoryStore;
import org.linli.hub.history.StoredEvent;
import org.linli.hub.journal.EventsRefusedException;
import org.linli.hub.journal.HubEvent;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.ImageFromDockerfile;

/** The contract on a real InfluxDB 1.6.7, the one that Debian packages. */
@Tag("container")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InfluxStoreContainerTest implements HistoryContract {

  private static final int PORT = 8086;
  private static final Instant STORED_AT = HistoryContract.NOON.plusMillis(50);

  @SuppressWarnings("resource") // closed in stop()
  private final GenericContainer<?> influx =
      new GenericContainer<>(
              new ImageFromDockerfile("linli-test/influxdb:1.6.7", false)
                  .withDockerfileFromBuilder(
                      image ->
                          image
                              .from(
                                  System.getProperty(
                                      "linli.test.base-image", "debian:bookworm-slim"))
                              .run(
                                  "apt-get update -qq && apt-get install -y -qq"
                                      + " --no-install-recommends influxdb")
                              .user("influxdb")
                              .cmd("influxd")))
          .withEnv("INFLUXDB_REPORTING_DISABLED", "true")
          .withExposedPorts(PORT)
          .waitingFor(Wait.forHttp("/ping").forPort(PORT).forStatusCode(204));

  private HistoryStore store;
  private int databases;

  @BeforeAll
  void start() {
    assumeTrue(
        "true".equals(System.getenv("LINLI_REQUIRE_CONTAINERS"))
            || DockerClientFactory.instance().isDockerAvailable(),
        "no container engine here, and LINLI_REQUIRE_CONTAINERS does not ask for one");
    influx.start();
  }

  @AfterAll
  void stop() {
    influx.close();
  }

  @BeforeEach
  void open() {
    store =
        InfluxStore.open(
            settings(),
            BoundedNames.ofNobody(InstantSource.fixed(STORED_AT), new SimpleMeterRegistry()),
            InstantSource.fixed(STORED_AT),
            new SimpleMeterRegistry());
  }

  @AfterEach
  void close() {
    store.close();
  }

  private InfluxSettings settings() {
    databases++;
    return settings("test-" + databases);
  }

  private InfluxSettings settings(String bucket) {
    return new InfluxSettings(
        "http://" + influx.getHost() + ":" + influx.getMappedPort(PORT),
        "linli",
        bucket,
        null,
        null,
        null,
        "1.x",
        Duration.ofSeconds(10),
        databases % 2 == 0);
  }

  @Override
  public HistoryStore store() {
    return store;
  }

  @Override
  public Instant storedAt() {
    return STORED_AT;
  }

  @Test
  void namesWhatItsRetentionDoesNotAllowAndKeepsTheRest() throws Exception {
    statement("CREATE DATABASE brief WITH DURATION 1h NAME brief");
    Instant now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS);
    HubEvent recent = Happened.door("door-1", now).order(2).asApplied();
    HubEvent old = Happened.door("door-1", now.minus(Duration.ofHours(3))).order(1).asApplied();

    try (HistoryStore brief =
        InfluxStore.open(
            settings("brief/brief"),
            BoundedNames.ofNobody(InstantSource.fixed(now), new SimpleMeterRegistry()),
            InstantSource.fixed(now),
            new SimpleMeterRegistry())) {
      assertThatThrownBy(() -> brief.append(List.of(old, recent)))
          .isInstanceOf(EventsRefusedException.class)
          .hasMessageContaining("retention policy");
      brief.append(List.of(recent));
      assertThat(brief.find(EventQuery.newest(10)).items())
          .extracting(StoredEvent::order)
          .containsExactly(2L);
    }
  }

  private void statement(String text) throws Exception {
    URI query =
        URI.create(
            "http://%s:%d/query?q=%s"
                .formatted(
                    influx.getHost(),
                    influx.getMappedPort(PORT),
                    URLEncoder.encode(text, StandardCharsets.UTF_8)));
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest post =
          HttpRequest.newBuilder(query).POST(HttpRequest.BodyPublishers.noBody()).build();
      assertThat(http.send(post, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }
  }
}
