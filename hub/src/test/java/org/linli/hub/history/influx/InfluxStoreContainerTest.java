package org.linli.hub.history.influx;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.linli.hub.history.HistoryContract;
import org.linli.hub.history.HistoryStore;
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
    store = InfluxStore.open(settings(), InstantSource.fixed(STORED_AT), new SimpleMeterRegistry());
  }

  @AfterEach
  void close() {
    store.close();
  }

  private InfluxSettings settings() {
    databases++;
    return new InfluxSettings(
        "http://" + influx.getHost() + ":" + influx.getMappedPort(PORT),
        "linli",
        "test-" + databases,
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
}
