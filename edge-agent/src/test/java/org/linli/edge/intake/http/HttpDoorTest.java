package org.linli.edge.intake.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.linli.edge.RunningGateway;
import org.linli.edge.intake.RefusalReason;
import org.linli.event.DeviceEvent;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.cbor.CBORMapper;

class HttpDoorTest {

  private static final String JSON = "application/json";
  private static final JsonMapper MAPPER = new JsonMapper();
  private static RunningGateway gateway;
  private static HttpClient http;

  @TempDir static Path data;

  @BeforeAll
  static void start() {
    gateway =
        RunningGateway.start(
            data, "--linli.http.max-message-size=64KB", "--linli.http.patience=1s");
    http = HttpClient.newHttpClient();
  }

  @AfterAll
  static void stop() {
    http.close();
    gateway.close();
  }

  @Test
  void answersOnlyAfterTheCommit() {
    CompletableFuture<HttpResponse<String>> answer;
    gateway.valve().close();
    try {
      answer =
          http.sendAsync(
              post(
                  "/linli/parking/bay-1",
                  JSON,
                  BodyPublishers.ofString("{\"type\":\"bay.occupied\"}")),
              BodyHandlers.ofString());
      await()
          .during(Duration.ofMillis(400))
          .atMost(Duration.ofMillis(900))
          .until(() -> !answer.isDone());
    } finally {
      gateway.valve().open();
    }

    assertThat(answer.join().statusCode()).isEqualTo(204);
    assertThat(gateway.kept("bay-1")).hasSize(1);
  }

  @Test
  void saysOfNothingThatItWasNotKeptAndKeepsItThen() throws Exception {
    gateway.valve().close();
    CompletableFuture<HttpResponse<String>> written;
    try {
      written =
          http.sendAsync(
              post(
                  "/linli/parking/bay-written",
                  JSON,
                  BodyPublishers.ofString("{\"type\":\"bay.occupied\"}")),
              BodyHandlers.ofString());
      await().until(gateway.valve()::holds);
      HttpResponse<String> late =
          send("/linli/parking/bay-late", JSON, "{\"type\":\"bay.occupied\"}");
      assertThat(late.statusCode()).isEqualTo(503);
      assertThat(late.headers().firstValue("Retry-After")).contains("5");
      assertThat(written).as("nobody knows yet whether it is kept").isNotDone();
    } finally {
      gateway.valve().open();
    }
    assertThat(written.join().statusCode()).isEqualTo(204);
    assertThat(gateway.kept("bay-written")).hasSize(1);
    assertThat(send("/linli/parking/bay-next", JSON, "{\"type\":\"bay.freed\"}").statusCode())
        .isEqualTo(204);
    assertThat(gateway.kept("bay-late")).as("what was said not to be kept").isEmpty();
  }

  @Test
  void asksTheDeviceToComeAgainWhenTheDiskRefuses() throws Exception {
    gateway.valve().breakDisk(true);
    try {
      HttpResponse<String> refused = send("/linli/parking/bay-2", JSON, "{\"type\":\"bay.freed\"}");
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(problem(refused).get("detail").asString()).contains("disk refuses");
    } finally {
      gateway.valve().breakDisk(false);
    }
  }

  @Test
  void takesWhatACameraPostsInSeveralPartsWithItsPicture() throws Exception {
    byte[] picture = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xd9};
    ByteArrayOutputStream parts = new ByteArrayOutputStream();
    parts.writeBytes(
        """
        --b
        Content-Disposition: form-data; name="linedetection"; filename="linedetection.xml"
        Content-Type: application/xml

        <EventNotificationAlert version="2.0" xmlns="http://www.hikvision.com/ver20/XMLSchema">
        <channelID>1</channelID><eventType>linedetection</eventType></EventNotificationAlert>
        --b
        Content-Disposition: form-data; name="picture"; filename="picture.jpg"
        Content-Type: image/jpeg

        """
            .replace("\n", "\r\n")
            .getBytes(StandardCharsets.UTF_8));
    parts.writeBytes(picture);
    parts.writeBytes("\r\n--b--\r\n".getBytes(StandardCharsets.UTF_8));

    assertThat(
            http.send(
                    post(
                        "/intake/hikvision/cam-1",
                        "multipart/form-data; boundary=b",
                        BodyPublishers.ofByteArray(parts.toByteArray())),
                    BodyHandlers.ofString())
                .statusCode())
        .isEqualTo(204);
    DeviceEvent event = gateway.kept("cam-1").getFirst();
    assertThat(event.type().value()).isEqualTo("zone.intruded");
    assertThat(event.values().find("picture")).isPresent();
  }

  @Test
  void takesForAProfileWhatIsCalledAForm() throws Exception {
    assertThat(
            send(
                    "/intake/thingsboard/box-7",
                    "application/x-www-form-urlencoded",
                    "{\"celsius\":21.5}")
                .statusCode())
        .isEqualTo(204);
    assertThat(gateway.kept("box-7")).hasSize(1);
  }

  @Test
  void takesCbor() throws Exception {
    byte[] cbor = new CBORMapper().writeValueAsBytes(Map.of("type", "parcel.stored"));

    assertThat(
            http.send(
                    post(
                        "/linli/parcel/box-1",
                        "application/cbor",
                        BodyPublishers.ofByteArray(cbor)),
                    BodyHandlers.ofString())
                .statusCode())
        .isEqualTo(204);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/linli/access/door-1|application/json|{\"type\":|400|NOT_JSON|line 1, column 9",
        "/linli/access/door-1|application/cbor|{\"type\"|400|NOT_CBOR|byte",
        "/linli/access/door-1|application/json|[{\"type\":\"measurement\"},{}]|400|MISSING_FIELD|event"
            + " 2: type: is missing",
        "/linli/access/door-1|text/plain|{\"type\":\"a\"}|415|UNSUPPORTED_FORMAT|Content-Type must"
            + " be",
        "/linli/access/door-1|nonsense|{\"type\":\"a\"}|415|UNSUPPORTED_FORMAT|Content-Type must"
            + " be",
        "/linli/doors/door-1|application/json|{\"type\":\"a\"}|404|UNKNOWN_KIND|kind doors is none"
            + " of",
        "/linli/access/%2e%2e1|application/json|{\"type\":\"a\"}|400|BAD_DEVICE_ID|two dots",
        "/linli/access/door-1/x|application/json|{\"type\":\"a\"}|404|UNKNOWN_ADDRESS|/linli/{kind}/{deviceId}",
      })
  void refusesWithAProblemOnceTheDeadLetterIsKept(
      String path, String type, String body, int status, RefusalReason reason, String detail)
      throws Exception {
    HttpResponse<String> response = send(path, type, body);

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type"))
        .hasValueSatisfying(given -> assertThat(given).startsWith("application/problem+json"));
    assertThat(problem(response).get("reason").asString()).isEqualTo(reason.wireName());
    assertThat(problem(response).get("detail").asString()).contains(detail);
    assertThat(gateway.lastDeadLetter().refusal().reason()).isEqualTo(reason);
    assertThat(gateway.kept("door-1")).as("an array is refused whole").isEmpty();
  }

  @Test
  void refusesTenMegabytesAnnouncedOrNot() throws Exception {
    byte[] large = new byte[10 * 1024 * 1024];

    for (BodyPublisher body :
        new BodyPublisher[] {
          BodyPublishers.ofByteArray(large),
          BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large))
        }) {
      HttpResponse<String> response =
          http.send(post("/linli/access/door-3", JSON, body), BodyHandlers.ofString());

      assertThat(response.statusCode()).isEqualTo(413);
      assertThat(problem(response).get("reason").asString()).isEqualTo("too-large");
      assertThat(problem(response).get("detail").asString()).contains("at most 65536 bytes");
    }
    assertThat(send("/linli/access/door-3", JSON, "{\"type\":\"door.opened\"}").statusCode())
        .isEqualTo(204);
  }

  private static HttpRequest post(String path, String type, BodyPublisher body) {
    return HttpRequest.newBuilder(gateway.http(path))
        .header("Content-Type", type)
        .timeout(Duration.ofSeconds(30))
        .POST(body)
        .build();
  }

  private static HttpResponse<String> send(String path, String type, String body) throws Exception {
    return http.send(post(path, type, BodyPublishers.ofString(body)), BodyHandlers.ofString());
  }

  private static JsonNode problem(HttpResponse<String> response) {
    return MAPPER.readTree(response.body());
  }
}
