package org.linli.sims.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.linli.sims.RunningCommand;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.ImageFromDockerfile;
import org.testcontainers.utility.MountableFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A real Mosquitto, as docker-compose.yml configures it, between a gateway's and a hub's process;
 * devices publish to it as well, and the gateway is attached there too.
 */
@Tag("container")
@ResourceLock("another hub and gateway that run")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BrokerBetweenIT {

  private static final int PORT = 1883;
  private static final Path DOCKER = Path.of("..", "docker");
  private static final Duration SOON = Duration.ofSeconds(40);

  /** Static, so that it is there before the programs start, which is once for all tests. */
  @TempDir private static Path folder = Path.of("unset");

  @SuppressWarnings("resource") // closed in stop()
  private final GenericContainer<?> mosquitto =
      new GenericContainer<>(
              new ImageFromDockerfile("linli-test/mosquitto:between", false)
                  .withDockerfile(DOCKER.resolve("mosquitto.Dockerfile"))
                  .withBuildArg(
                      "BASE_IMAGE",
                      System.getProperty("linli.test.base-image", "debian:bookworm-slim")))
          .withCopyFileToContainer(
              MountableFile.forHostPath(DOCKER.resolve("mosquitto.conf")),
              "/mosquitto/config/mosquitto.conf")
          .withExposedPorts(PORT);

  private Neighbourhood neighbourhood;

  @BeforeAll
  void start() {
    assumeTrue(
        "true".equals(System.getenv("LINLI_REQUIRE_CONTAINERS"))
            || DockerClientFactory.instance().isDockerAvailable(),
        "no container engine here, and LINLI_REQUIRE_CONTAINERS does not ask for one");
    mosquitto.start();
    neighbourhood =
        new Neighbourhood(
            folder,
            URI.create("mqtt://" + mosquitto.getHost() + ":" + mosquitto.getMappedPort(PORT)));
  }

  @AfterAll
  void stop() {
    if (neighbourhood != null) {
      neighbourhood.close();
    }
    mosquitto.close();
  }

  @Test
  @Order(1)
  void trappedPassengersReachTheWorkerOnDuty() throws Exception {
    new OutsideClients(neighbourhood)
        .publish(
            "5",
            "linli/elevator/elevator-1-1",
            "{\"type\":\"passenger.trapped\",\"id\":\"between-1\",\"values\":{\"floor\":7}}");

    JsonNode alert =
        await()
            .atMost(SOON)
            .until(
                () -> neighbourhood.hub("/api/v1/alerts?kind=elevator").path("items"),
                found -> found.size() == 1)
            .get(0);
    assertThat(alert.path("device").asString()).isEqualTo("elevator-1-1");
    assertThat(alert.path("assignee").path("name").asString()).isNotBlank();
  }

  @Test
  @Order(2)
  void whatIsTakenWhileTheBrokerIsFrozenArrivesOnce() {
    String id = mosquitto.getContainerId();
    mosquitto.getDockerClient().pauseContainerCmd(id).exec();
    List<String> sent;
    try {
      RunningCommand run =
          RunningCommand.run(
              "simulate",
              "--mqtt=" + neighbourhood.agentMqttUri(),
              "--coap=" + neighbourhood.agentCoapUri(),
              "--boot=frozen",
              "--count=400",
              "--speed=100");
      assertThat(run.exitCode()).as("%s%n%s", run.out(), run.err()).isZero();
      sent = printed("frozen", 400);
      assertThat(neighbourhood.agent("/api/ledger").path("queued").asLong())
          .isGreaterThanOrEqualTo(400);
    } finally {
      mosquitto.getDockerClient().unpauseContainerCmd(id).exec();
    }

    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(300))
        .untilAsserted(() -> assertThat(arrived("frozen")).isEqualTo(sent));
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              JsonNode gateway = neighbourhood.agent("/api/ledger");
              assertThat(gateway.path("queued").asLong()).isZero();
              assertThat(neighbourhood.hub("/api/v1/ledger").path("applied").asLong())
                  .isEqualTo(gateway.path("taken").asLong());
            });
  }

  @Test
  @Order(3)
  void whatDevicesPublishAtTheBrokerReachesTheHubOnce() throws Exception {
    String trapped =
        "{\"type\":\"passenger.trapped\",\"id\":\"attached-1\",\"values\":{\"floor\":3}}";
    for (String version : List.of("5", "311")) {
      OutsideClients.publish(
          mosquitto.getHost(),
          mosquitto.getMappedPort(PORT),
          version,
          "linli/elevator/attached-lift",
          trapped);
    }
    OutsideClients.publish(
        mosquitto.getHost(),
        mosquitto.getMappedPort(PORT),
        "5",
        "linli/elevator/attached-lift",
        "{\"type\":\"passenger.released\",\"id\":\"attached-2\"}");

    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(neighbourhood.events("device=attached-lift"))
                    .extracting(event -> event.path("id").asString())
                    .containsExactly("attached-2", "attached-1"));
    assertThat(neighbourhood.agent("/api/ledger").path("repeated").asLong()).isEqualTo(1);
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(neighbourhood.hub("/api/v1/alerts?kind=elevator").path("items"))
                    .filteredOn(alert -> alert.path("device").asString().equals("attached-lift"))
                    .extracting(alert -> alert.path("status").asString())
                    .containsExactly("resolved"));
  }

  private static List<String> printed(String boot, int count) {
    return RunningCommand.run("simulate", "--print", "--boot=" + boot, "--count=" + count)
        .out()
        .lines()
        .map(line -> JsonMapper.shared().readTree(line).path("id").asString())
        .sorted()
        .toList();
  }

  private List<String> arrived(String boot) {
    return neighbourhood.events("").stream()
        .map(event -> event.path("id").asString())
        .filter(id -> id.contains("-" + boot + "-"))
        .sorted()
        .toList();
  }
}
