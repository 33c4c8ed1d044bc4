package org.linli.sims.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Brings docker-compose.yml up once, as an installer would: images built from the jars, Mosquitto
 * between agent and hub, the history in InfluxDB, and waits for an alert to reach a grid worker.
 * Where no image can be pulled, {@code docker/prepare --without-registry} builds the public ones'
 * stand-ins from Debian's packages; the environment variable {@code LINLI_REQUIRE_CONTAINERS=true}
 * asks for that.
 */
@Tag("container")
@ResourceLock("a hub and a gateway that run")
class ComposeIT {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final boolean REQUIRED = "true".equals(System.getenv("LINLI_REQUIRE_CONTAINERS"));

  @TempDir Path scratch;
  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  private final Map<String, String> ports =
      Map.of(
          "HUB_PORT", freePort(),
          "AGENT_MQTT_PORT", freePort(),
          "AGENT_COAP_PORT", freePort(),
          "AGENT_HTTP_PORT", freePort());
  private Path settings = Path.of("unset");

  @BeforeEach
  void anEngineAndSettings() throws Exception {
    boolean engine = REQUIRED || run(Duration.ofSeconds(20), "docker", "info") == 0;
    Assumptions.assumeTrue(
        engine, "no container engine answers here, and LINLI_REQUIRE_CONTAINERS is not true");
    settings = scratch.resolve("settings.env");
    List<String> prepare = new ArrayList<>(List.of(ROOT.resolve("docker/prepare").toString()));
    if (REQUIRED) {
      prepare.add("--without-registry");
    }
    prepare.add(settings.toString());
    assertThat(run(Duration.ofMinutes(5), prepare.toArray(String[]::new)))
        .as("docker/prepare")
        .isZero();
  }

  @AfterEach
  void leaveNothingBehind() throws Exception {
    if (Files.exists(settings)) {
      compose("down", "--volumes", "--remove-orphans");
    }
  }

  @Test
  void theWholeCommunityComesUpAndAnAlertReachesAGridWorker() throws Exception {
    assertThat(compose("up", "--detach", "--build")).as("docker-compose up").isZero();

    await()
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofSeconds(1))
        .ignoreExceptions()
        .untilAsserted(
            () ->
                assertThat(get("/api/v1/alerts").get("items"))
                    .anySatisfy(
                        alert ->
                            assertThat(alert.get("assignee").get("name").asString()).isNotBlank()));

    // The history follows: an alert does not wait for it (docs/decisions/0012).
    await()
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(
            () ->
                assertThat(get("/api/v1/events?limit=10").get("items"))
                    .as("events read back from InfluxDB")
                    .isNotEmpty()
                    .allSatisfy(
                        event ->
                            assertThat(event.get("gateway").asString()).isEqualTo("gateway-1")));
  }

  private JsonNode get(String path) throws Exception {
    Properties secrets = new Properties();
    try (var in = Files.newInputStream(settings)) {
      secrets.load(in);
    }
    HttpResponse<String> response =
        http.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports.get("HUB_PORT") + path))
                .header("Authorization", "Bearer " + secrets.getProperty("LINLI_ADMIN_TOKEN"))
                .timeout(Duration.ofSeconds(10))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(path).isEqualTo(200);
    return json.readTree(response.body());
  }

  private int compose(String... arguments) throws Exception {
    boolean first = run(Duration.ofSeconds(20), "docker-compose", "version") == 0;
    List<String> call =
        new ArrayList<>(first ? List.of("docker-compose") : List.of("docker", "compose"));
    call.addAll(List.of("--project-name", "linli-test", "--env-file", settings.toString()));
    call.addAll(List.of(arguments));
    return run(Duration.ofMinutes(8), call.toArray(String[]::new));
  }

  /**
   * Runs to the end with its output in the test's own; a command that is not there answers 127, as
   * a shell would.
   */
  private int run(Duration limit, String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).directory(ROOT.toFile()).inheritIO();
    builder.environment().putAll(ports);
    builder.environment().put("DOCKER_BUILDKIT", "0");
    builder.environment().put("COMPOSE_DOCKER_CLI_BUILD", "0");
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      return 127;
    }
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(String.join(" ", command) + " did not end within " + limit);
    }
    return process.exitValue();
  }

  private static String freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return Integer.toString(socket.getLocalPort());
    } catch (IOException e) {
      throw new IllegalStateException("no free port", e);
    }
  }
}
