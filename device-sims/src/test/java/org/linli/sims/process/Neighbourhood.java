package org.linli.sims.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.linli.sims.program.FreePort;
import org.linli.sims.program.Program;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A hub and a gateway as processes, on ports of their own, with the sample community. */
final class Neighbourhood implements AutoCloseable {

  static final String TOKEN = "the-token-of-the-end-to-end-test";

  private static final Duration STOP_WITHIN = Duration.ofSeconds(30);
  private static final Duration START_WITHIN = Duration.ofSeconds(180);

  private final Path folder;
  private final @Nullable URI broker;
  private final int hubHttp = FreePort.tcp();
  private final int hubMqtt = FreePort.tcp();
  private final int agentHttp = FreePort.tcp();
  private final int agentMqtt = FreePort.tcp();
  private final int agentCoap = FreePort.udp();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private Program hub;
  private Program agent;

  Neighbourhood(Path folder) {
    this(folder, null);
  }

  /**
   * @param broker what the hub and the gateway attach to: for what travels between them, and for
   *     what devices publish there
   */
  Neighbourhood(Path folder, @Nullable URI broker) {
    this.folder = folder;
    this.broker = broker;
    hub = startHub();
    agent = startAgent();
    try {
      awaitHub();
      awaitAgent();
    } catch (ConditionTimeoutException | AssertionError e) {
      close();
      throw e;
    }
  }

  int agentMqtt() {
    return agentMqtt;
  }

  int agentCoap() {
    return agentCoap;
  }

  String agentMqttUri() {
    return "mqtt://127.0.0.1:" + agentMqtt;
  }

  String agentCoapUri() {
    return "coap://127.0.0.1:" + agentCoap;
  }

  URI agentUri() {
    return URI.create("http://127.0.0.1:" + agentHttp);
  }

  URI hubUri() {
    return URI.create("http://127.0.0.1:" + hubHttp);
  }

  /** Another agent on ports of its own but on this one's data folder. */
  Program secondAgent(Path log) {
    return startAgent(log, FreePort.tcp(), FreePort.tcp(), FreePort.udp());
  }

  void killAgent() throws InterruptedException {
    agent.kill();
  }

  /** Asks it to end (SIGTERM), and returns when it has ended by itself. */
  void stopAgent() throws InterruptedException {
    agent.stop(STOP_WITHIN);
    assertThat(agent.awaitExit(Duration.ZERO)).as("exit code after SIGTERM").hasValue(143);
  }

  /**
   * @param settings as on its command line, beside those that it needs
   */
  void restartAgent(String... settings) {
    agent = startAgent(folder.resolve("agent.log"), agentHttp, agentMqtt, agentCoap, settings);
    awaitAgent();
  }

  void killHub() throws InterruptedException {
    hub.kill();
  }

  /** By {@code java -jar} now, as those start it who have not prepared it. */
  void restartHub() {
    hub =
        Programs.start(
            "hub/target/hub.jar", hubEnvironment(), folder.resolve("hub.log"), hubPorts());
    awaitHub();
  }

  boolean bothAlive() {
    return hub.alive() && agent.alive();
  }

  /** A hub's answer to a GET with the token. */
  JsonNode hub(String path) {
    return json(send(HttpRequest.newBuilder(hubUri().resolve(path)).GET()));
  }

  /** A hub's answer to something that a person does. */
  JsonNode act(String path, String json) {
    return json(
        send(
            HttpRequest.newBuilder(hubUri().resolve(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))));
  }

  JsonNode agent(String path) {
    return json(send(HttpRequest.newBuilder(agentUri().resolve(path)).GET()));
  }

  /** Has the agent take events of a device, as JSON, and returns when they are on its disk. */
  void offer(String device, String json) {
    post("/linli/" + device, json);
  }

  /** As above, to any of its paths. */
  void post(String path, String json) {
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(agentUri().resolve(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
  }

  /** Sets the command of a device, and returns when it is on the agent's disk. */
  void command(String device, String json) {
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(agentUri().resolve("/api/commands/" + device))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(json)));
    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
  }

  /** Every event that the hub shows for a query, through all its pages. */
  List<JsonNode> events(String query) {
    List<JsonNode> events = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = hub("/api/v1/events?limit=500&" + query + cursor);
      page.path("items").forEach(events::add);
      cursor = page.path("next").isString() ? "&cursor=" + page.path("next").asString() : "";
    } while (!cursor.isEmpty());
    return events;
  }

  @Override
  public void close() {
    agent.close();
    hub.close();
    http.close();
  }

  private Program startHub() {
    return Programs.launch("hub", hubEnvironment(), folder.resolve("hub.log"), hubPorts());
  }

  private Map<String, String> hubEnvironment() {
    return Map.of("LINLI_DATA", folder.resolve("hub").toString(), "LINLI_ADMIN_TOKEN", TOKEN);
  }

  private String[] hubPorts() {
    return new String[] {
      "--server.port=" + hubHttp,
      broker == null ? "--linli.gateway.port=" + hubMqtt : "--linli.gateway.broker=" + broker
    };
  }

  private Program startAgent() {
    return startAgent(folder.resolve("agent.log"), agentHttp, agentMqtt, agentCoap);
  }

  private Program startAgent(
      Path log, int httpPort, int mqttPort, int coapPort, String... settings) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--server.port=" + httpPort,
                "--linli.mqtt.port=" + mqttPort,
                "--linli.coap.port=" + coapPort));
    arguments.addAll(List.of(settings));
    return Programs.launch(
        "edge-agent",
        Map.of(
            "LINLI_DATA",
            folder.resolve("agent").toString(),
            "LINLI_LOCAL_TOKEN",
            TOKEN,
            "LINLI_GATEWAY_ID",
            "gateway-1",
            "LINLI_HUB_URI",
            broker == null ? "mqtt://127.0.0.1:" + hubMqtt : broker.toString(),
            "LINLI_MAPPINGS",
            Path.of("../docs/examples/mappings/dahua-events.yml").toAbsolutePath().toString(),
            "LINLI_UPLINK_LONGEST_PAUSE",
            "2s",
            "LINLI_BROKER_URI",
            broker == null ? "" : broker.toString()),
        log,
        arguments.toArray(String[]::new));
  }

  private void awaitHub() {
    awaitHealth(hub, hubUri());
  }

  private void awaitAgent() {
    awaitHealth(agent, agentUri());
  }

  private void awaitHealth(Program program, URI uri) {
    await()
        .atMost(START_WITHIN)
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              assertThat(program.alive()).as(program::output).isTrue();
              try {
                HttpRequest health =
                    HttpRequest.newBuilder(uri.resolve("/actuator/health")).GET().build();
                return http.send(health, BodyHandlers.discarding()).statusCode() == 200;
              } catch (IOException e) {
                return false;
              }
            });
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(
          request.header("Authorization", "Bearer " + TOKEN).build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static JsonNode json(HttpResponse<String> response) {
    assertThat(response.statusCode()).as("%s: %s", response.uri(), response.body()).isEqualTo(200);
    return JsonMapper.shared().readTree(response.body());
  }
}
