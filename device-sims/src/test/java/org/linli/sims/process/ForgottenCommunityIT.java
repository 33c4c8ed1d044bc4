package org.linli.sims.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.linli.sims.program.FreePort;
import org.linli.sims.program.Program;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A hub and the gateways of two communities, whose doors have one name. That nothing of one
 * community is shown in the other is believed only because a hub that forgets communities ({@code
 * forget-community} of {@code fault-points}) is found out by the same look.
 */
@ResourceLock("a hub and a gateway that run")
class ForgottenCommunityIT {

  private static final String TOKEN = "the-token-of-two-communities";
  private static final Duration START_WITHIN = Duration.ofSeconds(180);
  private static final List<String> COMMUNITIES = List.of("east", "west");

  private static final String FILE =
      """
      community: {id: %1$s, name: {zh: %1$s, en: %1$s}, zone: Asia/Shanghai}
      grids: [{id: grid-1, name: {zh: 一, en: One}, households: 300}]
      buildings: [{id: b1, grid: grid-1, name: {zh: 楼, en: House}, floors: 6}]
      gateways: [{id: gateway-%1$s, building: b1}]
      devices:
        - {id: door-1, kind: access, building: b1, gateway: gateway-%1$s, name: {zh: 门, en: Door}}
      people: [{id: wang, name: 王, role: supervisor}]
      """;

  @TempDir private Path folder;

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Program> programs = new ArrayList<>();

  @Test
  void nothingOfOneCommunityIsShownInTheOther() throws Exception {
    assertThat(shownElsewhere("")).isEmpty();
  }

  @Test
  void aHubThatForgetsCommunitiesIsFoundOut() throws Exception {
    assertThat(shownElsewhere("sabotage:forget-community"))
        .contains("alerts of east in west", "alerts of west in east");
  }

  /** Returns what a list of one community shows of another. */
  private List<String> shownElsewhere(String faults) throws Exception {
    Path files = Files.createDirectory(folder.resolve("communities"));
    for (String community : COMMUNITIES) {
      Files.writeString(files.resolve(community + ".yml"), FILE.formatted(community));
    }
    int hubHttp = FreePort.tcp();
    int hubMqtt = FreePort.tcp();
    URI hub = URI.create("http://127.0.0.1:" + hubHttp);
    Map<String, String> settings = new HashMap<>();
    settings.put("LINLI_DATA", folder.resolve("hub").toString());
    settings.put("LINLI_ADMIN_TOKEN", TOKEN);
    settings.put("LINLI_COMMUNITY_FILE", files.toString());
    if (!faults.isEmpty()) {
      Path agent = Path.of("../fault-points/target/fault-points.jar").toAbsolutePath();
      settings.put("JAVA_TOOL_OPTIONS", "-javaagent:" + agent + "=" + faults);
    }
    try {
      start(
          "hub/target/hub.jar",
          settings,
          hub,
          "--server.port=" + hubHttp,
          "--linli.gateway.port=" + hubMqtt);
      for (String community : COMMUNITIES) {
        gatewayOf(community, hubMqtt);
      }
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> items(hub, "/api/v1/alerts").size() == COMMUNITIES.size());
      return lookFor(hub);
    } finally {
      programs.reversed().forEach(Program::close);
      http.close();
    }
  }

  private void gatewayOf(String community, int hubMqtt) throws Exception {
    int port = FreePort.tcp();
    URI gateway = URI.create("http://127.0.0.1:" + port);
    start(
        "edge-agent/target/edge-agent.jar",
        Map.of(
            "LINLI_DATA",
            folder.resolve(community).toString(),
            "LINLI_LOCAL_TOKEN",
            TOKEN,
            "LINLI_GATEWAY_ID",
            "gateway-" + community,
            "LINLI_HUB_URI",
            "mqtt://127.0.0.1:" + hubMqtt),
        gateway,
        "--server.port=" + port,
        "--linli.mqtt.port=" + FreePort.tcp(),
        "--linli.coap.port=" + FreePort.udp());
    HttpRequest.Builder forced =
        HttpRequest.newBuilder(gateway.resolve("/linli/access/door-1"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"type\":\"door.forced\",\"id\":\"1\"}"));
    assertThat(send(forced).statusCode()).isEqualTo(204);
  }

  private void start(String jar, Map<String, String> settings, URI at, String... arguments) {
    Path log = folder.resolve(at.getPort() + ".log");
    Program program = Programs.start(jar, settings, log, arguments);
    programs.add(program);
    await()
        .atMost(START_WITHIN)
        .pollInterval(Duration.ofMillis(100))
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(
            () -> {
              assertThat(program.alive()).as(program::output).isTrue();
              return send(HttpRequest.newBuilder(at.resolve("/actuator/health")).GET()).statusCode()
                  == 200;
            });
  }

  private List<String> lookFor(URI hub) throws Exception {
    List<String> elsewhere = new ArrayList<>();
    for (String list : List.of("alerts", "devices", "dead-letters")) {
      for (String community : COMMUNITIES) {
        for (JsonNode item : items(hub, "/api/v1/" + list + "?community=" + community)) {
          String whose = item.path("community").asString();
          if (!whose.equals(community)) {
            elsewhere.add(list + " of " + whose + " in " + community);
          }
        }
      }
    }
    return elsewhere;
  }

  private List<JsonNode> items(URI hub, String path) throws Exception {
    HttpResponse<String> answer = send(HttpRequest.newBuilder(hub.resolve(path)).GET());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    List<JsonNode> items = new ArrayList<>();
    JsonMapper.shared().readTree(answer.body()).path("items").forEach(items::add);
    return items;
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(
        request.header("Authorization", "Bearer " + TOKEN).build(), BodyHandlers.ofString());
  }
}
