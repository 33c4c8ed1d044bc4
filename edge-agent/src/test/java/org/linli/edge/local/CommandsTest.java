package org.linli.edge.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.linli.edge.RunningGateway;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Commands over the gateway's own API. */
class CommandsTest {

  private static final String TOKEN = "0123456789abcdef";
  private static final String OPEN = "{ \"open\" : 1.50 }";

  private static RunningGateway gateway;
  private static HttpClient http;

  @TempDir static Path data;

  @BeforeAll
  static void start() {
    gateway =
        RunningGateway.start(
            data,
            "--linli.local-token=" + TOKEN,
            "--linli.commands.max-size=100B",
            "--linli.commands.max-devices=2");
    http = HttpClient.newHttpClient();
  }

  @AfterAll
  static void stop() {
    http.close();
    gateway.close();
  }

  @Test
  void setsReadsReplacesAndWithdrawsACommand() throws Exception {
    HttpResponse<String> first = put("access/door-1", OPEN);
    assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
    assertThat(json(first).propertyNames())
        .containsExactly("kind", "device", "sequence", "at", "size", "command");
    assertThat(first.body()).as("as it was written").contains(OPEN);
    long sequence = json(first).get("sequence").asLong();

    HttpResponse<String> second = put("access/door-1", "{\"open\":2}");
    assertThat(second.statusCode()).isEqualTo(200);
    assertThat(json(second).get("sequence").asLong()).isGreaterThan(sequence);
    assertThat(json(get("access/door-1"))).isEqualTo(json(second));
    assertThat(json(second).get("at").asString()).endsWith("Z");

    assertThat(delete("access/door-1").statusCode()).isEqualTo(204);
    problem(get("access/door-1"), 404, "no command holds for access/door-1");
    problem(delete("access/door-1"), 404, "no command holds for access/door-1");
  }

  @Test
  void takesBytesThatAreNoJsonWhereTheySaySo() throws Exception {
    HttpResponse<String> set =
        send(
            request("parcel/bytes", "Bearer " + TOKEN)
                .header("Content-Type", "application/octet-stream")
                .PUT(BodyPublishers.ofByteArray(new byte[] {0, (byte) 0xff})));
    assertThat(set.statusCode()).as(set.body()).isEqualTo(201);
    assertThat(json(get("parcel/bytes")).get("bytes").binaryValue())
        .containsExactly(0, (byte) 0xff);
    delete("parcel/bytes");
  }

  @Test
  void answersAPutOnlyAfterTheCommit() throws Exception {
    gateway.valve().close();
    CompletableFuture<HttpResponse<String>> put;
    try {
      put =
          http.sendAsync(
              request("access/door-2", "Bearer " + TOKEN)
                  .PUT(BodyPublishers.ofString(OPEN))
                  .build(),
              BodyHandlers.ofString());
      assertThatThrownBy(() -> put.get(300, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      problem(get("access/door-2"), 404, "no command holds");
    } finally {
      gateway.valve().open();
    }
    assertThat(put.join().statusCode()).isEqualTo(201);
    delete("access/door-2");
  }

  @Test
  void saysWhyTheDiskTakesNothing() throws Exception {
    gateway.valve().breakDisk(true);
    try {
      HttpResponse<String> put = put("access/door-3", OPEN);
      problem(put, 503, "the disk refuses");
      assertThat(put.headers().firstValue("Retry-After")).hasValue("5");
    } finally {
      gateway.valve().breakDisk(false);
    }
    problem(get("access/door-3"), 404, "no command holds");
  }

  @Test
  void keepsNoMoreCommandsThanItMay() throws Exception {
    put("care/one", OPEN);
    put("care/two", OPEN);
    problem(put("care/three", OPEN), 507, "linli.commands.max-devices");
    assertThat(put("care/two", OPEN).statusCode()).as("it has one already").isEqualTo(200);
    delete("care/one");
    delete("care/two");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "doors/door-1|{}|application/json|404|the kind in the path is none of access, camera",
        "access/.door|{}|application/json|400|device id",
        "access/door-1||application/json|400|the body is empty; a command is withdrawn with DELETE",
        "access/door-1|open|application/json|400|the command is not JSON: line 1, column ",
        "access/door-1|{} {}|application/json|400|the command is not JSON: line 1, column ",
        "access/door-1|[1]|application/json|400|the command is no JSON object",
        "access/door-1|{}|text/plain|415|the Content-Type must be application/json, or",
        "access/door-1|{}|so to speak|415|the Content-Type must be application/json, or",
      })
  void namesWhatIsWrong(
      String path, @Nullable String body, String type, int status, String sentence)
      throws Exception {
    problem(
        send(
            request(path, "Bearer " + TOKEN)
                .header("Content-Type", type)
                .PUT(BodyPublishers.ofString(body == null ? "" : body))),
        status,
        sentence);
  }

  @Test
  void refusesACommandThatIsTooLargeOrNotUtf8() throws Exception {
    problem(
        put("access/door-1", "{\"a\":\"" + "x".repeat(100) + "\"}"),
        413,
        "a command has at most 100 bytes (linli.commands.max-size)");
    problem(
        send(
            request("access/door-1", "Bearer " + TOKEN)
                .PUT(BodyPublishers.ofByteArray(new byte[] {'"', (byte) 0xff, '"'}))),
        400,
        "the command is not UTF-8");
  }

  @ParameterizedTest
  @CsvSource({
    "Bearer 0123456789abcdeg, this is not the token",
    "Bearer, send the token",
    "Basic 0123456789abcdef, send the token",
    ", send the token",
  })
  void letsNobodyInWithoutTheToken(@Nullable String authorization, String sentence)
      throws Exception {
    HttpResponse<String> put =
        send(request("access/door-1", authorization).PUT(BodyPublishers.ofString(OPEN)));
    problem(put, 401, sentence);
    assertThat(put.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
    problem(send(request("access/door-1", authorization).GET()), 401, sentence);
    problem(send(request("access/door-1", authorization).DELETE()), 401, sentence);
  }

  @Test
  void takesNoTokenThatCanBeGuessed() {
    assertThatThrownBy(() -> new LocalSettings("short", false))
        .hasMessageStartingWith("linli.local-token (LINLI_LOCAL_TOKEN) has 5 characters");
    assertThat(new LocalSettings(" ", false).hasToken()).isFalse();
    assertThat(new LocalSettings(TOKEN, false)).asString().doesNotContain(TOKEN);
  }

  private static void problem(HttpResponse<String> response, int status, String sentence) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(json(response).get("detail").asString()).contains(sentence);
  }

  private static HttpResponse<String> put(String path, String body) throws Exception {
    return send(request(path, "Bearer " + TOKEN).PUT(BodyPublishers.ofString(body)));
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return send(request(path, "Bearer " + TOKEN).GET());
  }

  private static HttpResponse<String> delete(String path) throws Exception {
    return send(request(path, "Bearer " + TOKEN).DELETE());
  }

  private static HttpRequest.Builder request(String path, @Nullable String authorization) {
    HttpRequest.Builder request = HttpRequest.newBuilder(gateway.http("/api/commands/" + path));
    return authorization == null ? request : request.header("Authorization", authorization);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> response) {
    return JsonMapper.shared().readTree(response.body());
  }
}
