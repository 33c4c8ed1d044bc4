package org.linli.edge.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.RunningGateway;
import org.linli.event.UnreadableAlarm;
import org.linli.event.Value;

/**
 * A part of a message that cannot be read and may be about a life, beside events that can be read
 * and call nobody.
 */
class UnreadPartTest {

  private static final Charset GBK = Charset.forName("GBK");

  private static final String FORM =
      """
      --b\r
      Content-Type: application/json\r
      \r
      {"eventType":"VMD","eventState":"active"}\r
      --b\r
      Content-Type: application/json\r
      \r
      {"eventType":"%s","eventState":"perhaps"}\r
      --b--\r
      """;

  @TempDir private Path data;

  /**
   * @param letters how many dead letters come of it
   */
  private record Sent(String path, String contentType, byte[] body, int letters) {}

  private static Sent sent(String path, String body, int letters) {
    return new Sent(path, "application/json", body.getBytes(StandardCharsets.UTF_8), letters);
  }

  private static final List<Sent> ALL =
      List.of(
          sent("/intake/zigbee2mqtt/z-1", "{\"smoke\":\"MAYBE\",\"contact\":false}", 1),
          sent("/intake/zigbee2mqtt/z-2", "{\"carbon_monoxide\":\"?\",\"smoke\":true}", 1),
          sent("/intake/zigbee2mqtt/z-3", "{\"tamper\":true,\"action\":{\"sos\":1}}", 1),
          sent("/linli/access/door-1", "{\"type\":\"door.opened\",\"values\":{\"smoke\":null}}", 1),
          sent(
              "/linli/access/door-2",
              "[{\"type\":\"door.opened\"},{\"type\":\"door.closed\",\"vaules\":{\"gas\":9}}]",
              1),
          new Sent(
              "/intake/hikvision/cam-1",
              "multipart/mixed; boundary=b",
              FORM.formatted("smokeDetection").getBytes(StandardCharsets.UTF_8),
              1),
          // No event at all, whatever it is about.
          sent("/linli/access/door-3", "[{\"type\":\"door.opened\"},{\"typ\":\"sos\"}]", 1),
          sent("/linli/access/door-4", "[{\"type\":\"door.opened\"},{\"typ\":\"bell\"}]", 1),
          sent("/linli/environment/box-1", "[{\"type\":\"smoke.detected\"},17]", 1),
          // Nothing of a life.
          new Sent(
              "/intake/hikvision/cam-2",
              "multipart/mixed; boundary=b",
              FORM.formatted("linedetection").getBytes(StandardCharsets.UTF_8),
              0),
          sent("/intake/zigbee2mqtt/z-4", "{\"tamper\":true,\"action\":{\"a\":1}}", 0),
          // The alarm is told, and only something else beside it could not be read.
          sent("/intake/zigbee2mqtt/z-5", "{\"smoke\":true,\"action\":{\"a\":1}}", 0),
          sent("/intake/zigbee2mqtt/z-6", "{\"smoke\":false,\"tamper\":true,\"action\":7}", 0),
          // Its time only.
          sent("/intake/zigbee2mqtt/z-7", "{\"smoke\":true,\"last_seen\":\"gas\"}", 0),
          // Text in another encoding was read.
          new Sent(
              "/intake/zigbee2mqtt/z-8",
              "application/json",
              "{\"contact\":false,\"room\":\"煤气间\"}".getBytes(GBK),
              0));

  @Test
  void callsSomebodyForItOnceAndCountsIt() throws Exception {
    try (RunningGateway gateway = RunningGateway.start(data);
        HttpClient http = HttpClient.newHttpClient()) {
      List<Long> letters = new ArrayList<>();
      for (Sent each : ALL) {
        long before = gateway.lastDeadLetterId();
        assertThat(post(http, gateway, each)).as(each.path()).isEqualTo(204);
        letters.add(gateway.lastDeadLetterId() - before);
      }
      assertThat(letters)
          .containsExactlyElementsOf(ALL.stream().map(e -> (long) e.letters()).toList());
      assertThat(gateway.kept("gateway-1"))
          .singleElement()
          .satisfies(
              event -> {
                assertThat(UnreadableAlarm.is(event)).isTrue();
                assertThat(event.values().byName())
                    .containsEntry("word", new Value.Text("smoke"))
                    .containsEntry("reason", new Value.Text("bad-field"));
              });
      assertThat(gateway.kept("z-1"))
          .extracting(event -> event.type().value())
          .as("what can be read is taken")
          .contains("door.opened");
      assertThat(gateway.ledger().balances()).isTrue();
    }
  }

  private static int post(HttpClient http, RunningGateway gateway, Sent sent) throws Exception {
    return http.send(
            HttpRequest.newBuilder(gateway.http(sent.path()))
                .header("Content-Type", sent.contentType())
                .POST(BodyPublishers.ofByteArray(sent.body()))
                .build(),
            BodyHandlers.discarding())
        .statusCode();
  }
}
