package org.linli.edge.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.RunningGateway;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LocalTest {

  private static RunningGateway gateway;
  private static HttpClient http;

  @TempDir static Path data;

  @BeforeAll
  static void start() throws Exception {
    gateway = RunningGateway.start(data, "--linli.gateway-id=gateway-7");
    http = HttpClient.newHttpClient();
    post("/linli/access/door-1", "{\"type\":\"door.opened\"}");
    post("/linli/access/door-2", "{\"type\":\"door.opened\"}");
    post("/linli/access/door-1", "door opened");
  }

  @AfterAll
  static void stop() {
    http.close();
    gateway.close();
  }

  @Test
  void showsTheLedgerInTheFixedShape() throws Exception {
    JsonNode ledger = json("/api/ledger");

    assertThat(ledger.propertyNames())
        .containsExactly(
            "gateway",
            "offered",
            "taken",
            "refused",
            "repeated",
            "receipted",
            "queued",
            "shed",
            "lanes",
            "shedByDevice",
            "repeatedByReason",
            "repeatedByDevice",
            "refusals",
            "refusedByDevice",
            "defectsByProfile");
    assertThat(ledger.get("gateway").asString()).isEqualTo("gateway-7");
    assertThat(ledger.get("offered").asLong()).isEqualTo(3);
    assertThat(ledger.get("taken").asLong()).isEqualTo(2);
    assertThat(ledger.get("refused").asLong()).isEqualTo(1);
    assertThat(ledger.get("lanes").propertyNames()).containsExactly("urgent", "bulk");
    assertThat(ledger.get("lanes").get("bulk").propertyNames())
        .contains("taken", "receipted", "queued", "shed");
  }

  @Test
  void showsDeadLettersWithReasonPlaceAndSample() throws Exception {
    JsonNode letter = json("/api/dead-letters").get("items").get(0);

    assertThat(letter.propertyNames())
        .containsExactly(
            "id", "at", "source", "address", "reason", "detail", "emergency", "size", "sample");
    assertThat(letter.get("source").asString()).isEqualTo("http://127.0.0.1");
    assertThat(letter.get("address").asString()).isEqualTo("/linli/access/door-1");
    assertThat(letter.get("reason").asString()).isEqualTo("not-json");
    assertThat(letter.get("detail").asString()).startsWith("line 1, column ");
    assertThat(letter.get("at").asString()).endsWith("Z");
    assertThat(letter.get("sample").binaryValue()).asString().isEqualTo("door opened");
  }

  @Test
  void showsTheDevicesThatSpokeLastFirst() throws Exception {
    JsonNode items = json("/api/devices").get("items");

    assertThat(items).hasSize(2);
    assertThat(items.get(0).get("id").asString()).isEqualTo("door-2");
    assertThat(items.get(0).get("kind").asString()).isEqualTo("access");
    assertThat(items.get(0).get("lastSeen").asString()).endsWith("Z");
  }

  @Test
  void isHealthyAndMeasured() throws Exception {
    assertThat(json("/actuator/health").get("status").asString()).isEqualTo("UP");
    assertThat(get("/actuator/prometheus", "en").body())
        .contains("linli_events_total{outcome=\"taken\"} 2.0")
        .contains("linli_devices 2.0");
  }

  @Test
  void letsNobodySetCommandsWhereThereIsNoToken() throws Exception {
    HttpResponse<String> refused = get("/api/commands/access/door-1", "en");
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("set linli.local-token (LINLI_LOCAL_TOKEN)");
  }

  @Test
  void tellsInWordsHowItStands() throws Exception {
    assertThat(get("/", "en-GB").body())
        .contains("Gateway gateway-7")
        .contains("2 devices have reported")
        .contains("2 events wait on this gateway's disk")
        .contains("2 are not urgent; the oldest has waited for less than a minute.")
        .contains("One message could not be read")
        .contains("The hub is away, and has been for less than a minute;");
    assertThat(get("/", "zh-CN").body())
        .contains("网关 gateway-7")
        .contains("2 条事件保存在本网关磁盘上")
        .contains("其中普通事件 2 条，最早的一条已等待不到一分钟。")
        .contains("平台暂时连接不上，已持续不到一分钟；");
    assertThat(get("/?lang=zh", "en").body()).contains("<html lang=\"zh\">");
  }

  @Test
  void tellsInWordsWhatWasGivenUp(@TempDir Path folder) throws Exception {
    try (RunningGateway small =
        RunningGateway.start(
            folder, "--linli.outbox.waiting-bytes=64KB", "--linli.outbox.quota=384KB")) {
      for (int message = 0; message < 24; message++) {
        String events =
            IntStream.range(message * 100, message * 100 + 100)
                .mapToObj(i -> ("" + i + "-").repeat(60))
                .map("{\"type\":\"measurement\",\"values\":{\"note\":\"%s\"}}"::formatted)
                .collect(Collectors.joining(",", "[", "]"));
        assertThat(post(small, "/linli/access/door-3", events)).isEqualTo(204);
      }
      await().untilAsserted(() -> assertThat(small.ledger().shed()).isPositive());
      long shed = small.ledger().shed();

      assertThat(get(small, "/", "en").body())
          .contains(String.format(Locale.ROOT, "%,d events were given up, because", shed))
          .contains("One device lost some, most of all door-3 (");
      assertThat(get(small, "/", "zh").body())
          .contains(String.format(Locale.ROOT, "已放弃 %,d 条事件", shed))
          .contains("涉及 1 台设备，最多的是 door-3（");
    }
  }

  private static void post(String path, String body) throws Exception {
    post(gateway, path, body);
  }

  private static int post(RunningGateway to, String path, String body) throws Exception {
    return http.send(
            HttpRequest.newBuilder(to.http(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.discarding())
        .statusCode();
  }

  private static JsonNode json(String path) throws Exception {
    HttpResponse<String> response = get(path, "en");
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return new JsonMapper().readTree(response.body());
  }

  private static HttpResponse<String> get(String path, String language) throws Exception {
    return get(gateway, path, language);
  }

  private static HttpResponse<String> get(RunningGateway of, String path, String language)
      throws Exception {
    return http.send(
        HttpRequest.newBuilder(of.http(path)).header("Accept-Language", language).build(),
        BodyHandlers.ofString());
  }
}
