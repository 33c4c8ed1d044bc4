package org.linli.edge.intake.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.RunningGateway;
import org.linli.edge.intake.RefusalReason;
import org.linli.event.DeviceEvent;
import org.linli.event.Value;

/** Posts of JSON and XML with pictures in base64 that are larger than what the door keeps. */
class HttpTextsTest {

  private static final String PLATE =
      "{\"AlarmInfoPlate\":{\"result\":{\"PlateResult\":{\"imageFile\":\"%s\","
          + "\"license\":\"OTM2022\",\"imageFragmentFile\":\"%s\",\"confidence\":96}}}}";
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static RunningGateway gateway;

  @TempDir static Path data;

  @BeforeAll
  static void start() {
    gateway = RunningGateway.start(data, "--linli.http.patience=2s");
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  /** In bytes of base64. */
  @ParameterizedTest
  @ValueSource(ints = {300_000, 2_700_000, 13_400_000})
  void readsThePlateBesideAPicture(int bytes) throws Exception {
    String device = "gate-" + bytes;
    String body = PLATE.formatted("/9j/".repeat(bytes / 4), "/9j/".repeat(20_000));

    assertThat(post("/intake/platecamera/" + device, "application/json", body).statusCode())
        .isEqualTo(204);

    DeviceEvent event = gateway.kept(device).getFirst();
    assertThat(event.type().value()).isEqualTo("plate.read");
    assertThat(event.values().find("picture-lost"))
        .contains(new Value.Text("larger than linli.http.max-message-size"));
    assertThat(event.values().toString()).contains("96", "a picture", "" + body.length());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/linli/access/door-1|application/json"
            + "|{\"type\":\"door.forced\",\"values\":{\"image\":\"%s\",\"n\":1}}|door.forced",
        "/linli/environment/box-1|application/senml+json"
            + "|[{\"n\":\"plate\",\"vd\":\"%s\"},{\"n\":\"celsius\",\"v\":21}]|measurement",
        "/intake/platerecognizer/gate-1|application/json"
            + "|{\"data\":{\"image\":\"%s\",\"results\":[{\"plate\":\"9jub11\"}]}}|plate.read",
        "/intake/hikvision/cam-1|application/json"
            + "|{\"plateImage\":\"%s\",\"eventType\":\"linedetection\"}|zone.intruded",
        "/intake/hikvision/cam-2|application/json|{\"eventType\":\"ANPR\",\"ANPR\":"
            + "{\"licensePlate\":\"A12345\",\"licensePlatePicture\":\"%s\"}}|plate.read",
        "/intake/hikvision/cam-3|application/xml|<EventNotificationAlert><picture>%s</picture>"
            + "<eventType>shelteralarm</eventType></EventNotificationAlert>|camera.tampered",
        "/intake/thingsboard/box-2||{\"image\":\"data:image/png;base64,%s\",\"n\":1}|measurement",
      })
  void takesWhatIsSaidBesideIt(String path, String type, String body, String told)
      throws Exception {
    assertThat(
            post(path, type == null ? "text/plain" : type, body.formatted("iVBO".repeat(700_000)))
                .statusCode())
        .isEqualTo(204);

    DeviceEvent event = gateway.kept(path.substring(path.lastIndexOf('/') + 1)).getFirst();
    assertThat(event.type().value()).isEqualTo(told);
    assertThat(event.values().find("defect").orElseThrow().toString())
        .contains("was not kept", "2800");
  }

  @Test
  void readsADocumentOfAFormBesideThePictureInIt() throws Exception {
    String body =
        "--b\r\nContent-Disposition: form-data; name=\"json\"\r\n\r\n"
            + "{\"data\":{\"image\":\""
            + "iVBO".repeat(700_000)
            + "\","
            + "\"results\":[{\"plate\":\"9jub11\"}]}}\r\n--b\r\n"
            + "Content-Type: image/jpeg\r\n\r\n"
            + "x".repeat(300_000)
            + "\r\n--b--\r\n";

    assertThat(
            post("/intake/platerecognizer/gate-2", "multipart/form-data; boundary=b", body)
                .statusCode())
        .isEqualTo(204);
    DeviceEvent event = gateway.kept("gate-2").getFirst();
    assertThat(event.type().value()).isEqualTo("plate.read");
    assertThat(event.values().find("picture-lost"))
        .contains(new Value.Text("larger than linli.http.max-message-size"));
    assertThat(event.values().find("defect").orElseThrow().toString())
        .contains("was not kept", "max-message-size", "3100");
  }

  @Test
  void readsOneThatDoesNotSayHowLongItIs() throws Exception {
    byte[] body = PLATE.formatted("/9j/".repeat(200_000), "").getBytes(StandardCharsets.US_ASCII);

    assertThat(
            post(
                    "/intake/platecamera/gate-3",
                    "application/json",
                    BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                .statusCode())
        .isEqualTo(204);
    assertThat(gateway.kept("gate-3")).hasSize(1);
  }

  @Test
  void refusesWhatIsNoPictureAndMoreThanAnyCameraSends() throws Exception {
    assertThat(
            post("/intake/platecamera/gate-4", "application/json", "[1,2],".repeat(100_000))
                .statusCode())
        .isEqualTo(413);
    assertThat(gateway.lastDeadLetter().refusal().reason()).isEqualTo(RefusalReason.TOO_LARGE);
    assertThat(gateway.lastDeadLetter().refusal().detail()).contains("at most 262144 bytes");
    assertThat(gateway.lastDeadLetter().size()).isEqualTo(600_000);
  }

  private static HttpResponse<String> post(String path, String type, String body)
      throws IOException, InterruptedException {
    return post(path, type, BodyPublishers.ofString(body));
  }

  private static HttpResponse<String> post(String path, String type, BodyPublisher body)
      throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(gateway.http(path))
            .header("Content-Type", type)
            .timeout(Duration.ofSeconds(30))
            .POST(body)
            .build(),
        BodyHandlers.ofString());
  }
}
