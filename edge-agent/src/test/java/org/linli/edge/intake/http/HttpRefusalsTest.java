package org.linli.edge.intake.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.RunningGateway;

/** Requests of cameras' firmware, and what the door refuses, as their bytes show it. */
class HttpRefusalsTest {

  private static final String OPENED = "{\"type\":\"door.opened\"}";

  private static final String ALERT =
      "<EventNotificationAlert version=\"2.0\" xmlns=\"http://www.hikvision.com/ver20/XMLSchema\">"
          + "<channelID>1</channelID><eventType>linedetection</eventType>"
          + "<eventState>active</eventState></EventNotificationAlert>";

  private static RunningGateway gateway;

  @TempDir static Path data;

  @BeforeAll
  static void start() {
    gateway = RunningGateway.start(data, "--linli.http.max-message-size=64KB");
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET /nowhere HTTP/1.1|404|unknown-address",
        "POST /nowhere HTTP/1.1|404|unknown-address",
        "DELETE /nowhere HTTP/1.1|405|wrong-method",
        "GET /intake/hikvision/cam-1 HTTP/1.1|405|wrong-method",
        "PUT /linli/access/door-1 HTTP/1.1|405|wrong-method",
        "POST /api/ledger HTTP/1.1|405|wrong-method",
        "POST /linli/access/door-1 HTTP/1.1|415|unsupported-format",
        "POST /intake/nobody/cam-1 HTTP/1.1|404|unknown-address",
        "GET /api/dead-letters?limit=x HTTP/1.1|400|malformed",
        "GET /%zz HTTP/1.1|400|malformed",
        "G<T / HTTP/1.1|400|malformed",
        "GET /iclock/cdata HTTP/1.1|400|malformed",
      })
  void countsEveryRefusalOnce(String request, int status, String kind) throws IOException {
    Map<String, Long> before = counted();

    String answer =
        exchange(
            request
                + "\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
                + (request.startsWith("P") ? OPENED.length() : 0)
                + "\r\n\r\n"
                + (request.startsWith("P") ? OPENED : ""));

    assertThat(answer).startsWith("HTTP/1.1 " + status);
    await()
        .untilAsserted(
            () ->
                assertThat(counted().getOrDefault(kind, 0L))
                    .isEqualTo(before.getOrDefault(kind, 0L) + 1));
    assertThat(sum(counted())).isEqualTo(sum(before) + 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET /nowhere", "GET /api/nowhere", "POST /nowhere", "POST /intake/no/x"})
  void saysWhyInTheSameWayWhateverIsAskedFor(String request) throws IOException {
    String answer =
        exchange(
            request
                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");

    assertThat(answer)
        .startsWith("HTTP/1.1 404")
        .contains(
            "application/problem+json",
            "\"type\":\"urn:linli:refusal:unknown-address\"",
            "\"reason\":\"unknown-address\"");
  }

  @Test
  void countsABodyThatIsTooLarge() throws IOException {
    long before = counted().getOrDefault("too-large", 0L);

    exchange(
        "POST /linli/access/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
            + "Content-Type: application/json\r\nContent-Length: 99999999\r\n"
            + "Expect: 100-continue\r\n\r\n");

    assertThat(counted()).containsEntry("too-large", before + 1);
  }

  @Test
  void keepsWhatIsPostedToAPathThatNobodyReads() throws IOException {
    exchange(
        "POST /alarm HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 4\r\n\r\nfire");

    assertThat(gateway.lastDeadLetter().sample())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("fire");
    assertThat(gateway.lastDeadLetter().address()).isEqualTo("/alarm");
    assertThat(gateway.lastDeadLetter().refusal().detail()).contains("/intake/{profile}");
  }

  /** The action URL of a smoke detector that can do nothing else calls somebody. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET /intake/shelly/flat-4?smoke=1|GET /intake/shelly/flat-4?smoke=1",
        "GET /intake/shelly/smoke-4|GET /intake/shelly/smoke-4",
        "GET /linli/environment/flat-4?gas=1&pwd=a1&x=2|GET"
            + " /linli/environment/flat-4?gas=1&pwd=***&x=2",
        "POST /alarm?smoke=1&access_token=s3|POST /alarm?smoke=1&access_token=***",
        "POST /intake/hikvision/cam-1?sos=1|POST /intake/hikvision/cam-1?sos=1",
        "PUT /linli/care/flat-4?p%77d=a1|PUT /linli/care/flat-4?p%77d=***",
      })
  void keepsAnAlarmThatIsInTheAddress(String request, String kept) throws IOException {
    long before = gateway.lastDeadLetterId();

    String answer =
        exchange(
            request
                + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nContent-Length: 0\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 4");
    assertThat(gateway.lastDeadLetterId()).isEqualTo(before + 1);
    assertThat(gateway.lastDeadLetter().sample()).asString(StandardCharsets.UTF_8).isEqualTo(kept);
  }

  @Test
  void keepsNoMoreOfAnAddressThanOfABody() throws IOException {
    exchange(
        "GET /intake/x/y?smoke=1&a="
            + "b".repeat(4_000)
            + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

    assertThat(gateway.lastDeadLetter().sample()).hasSizeLessThanOrEqualTo(1_024);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST //intake/hikvision/cam-1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n",
        "POST /intake//hikvision/cam-1?a=b HTTP/1.1\r\nhost: x\r\nconnection: close\r\n",
        "POST http://gateway:8081/intake/hikvision/cam-1 HTTP/1.1\r\nHost: gateway:8081\r\n"
            + "Connection: close\r\n",
        "POST /intake/hikvision/cam-1 HTTP/1.0\r\n",
        "POST /intake/hikvision/cam-1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
            + "Expect: 100-continue\r\n",
      })
  void readsWhatFirmwareSends(String head) throws IOException {
    String answer =
        exchange(
            head
                + "Content-Type: application/xml\r\nContent-Length: "
                + ALERT.length()
                + "\r\n\r\n"
                + ALERT);

    assertThat(answer).containsPattern("HTTP/1.1 20[0-9]");
    assertThat(gateway.kept("cam-1")).isNotEmpty();
  }

  @Test
  void showsTheCountsOnThePageInTheLedgerAndInTheMetrics() throws Exception {
    exchange("GET /nowhere HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    await().untilAsserted(() -> assertThat(counted()).containsKey("unknown-address"));

    assertThat(get("/?lang=en")).contains("Refused since the gateway started").contains("http: ");
    assertThat(get("/?lang=zh")).contains("各入口拒绝的请求").contains(" 次").doesNotContain("not-");
    assertThat(get("/api/ledger"))
        .containsPattern("\"refusals\":\\{.*\"http\":\\{.*\"unknown-address\":[1-9]");
    assertThat(get("/actuator/prometheus"))
        .containsPattern("linli_refusals_total\\{door=\"http\",kind=\"unknown-address\"\\} [1-9]");
  }

  private static Map<String, Long> counted() {
    return gateway.refusals().getOrDefault("http", Map.of());
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static String get(String path) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(gateway.http(path)).build(), BodyHandlers.ofString())
          .body();
    }
  }

  private static String exchange(String request) throws IOException {
    URI address = gateway.http("/");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
