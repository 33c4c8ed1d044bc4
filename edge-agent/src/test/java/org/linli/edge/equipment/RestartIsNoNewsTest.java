package org.linli.edge.equipment;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.RunningGateway;
import org.linli.event.DeviceEvent;

/** Case 45 of the field: what a restart of the gateway makes of states that have not changed. */
class RestartIsNoNewsTest {

  @TempDir private Path data;

  private static void post(RunningGateway gateway, String path, String body) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(gateway.http(path))
                  .POST(BodyPublishers.ofString(body))
                  .build(),
              BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    }
  }

  private static List<String> told(RunningGateway gateway, String device) {
    return gateway.kept(device).stream()
        .filter(event -> !event.type().isMeasurement())
        .sorted(Comparator.comparing(DeviceEvent::takenAt))
        .map(event -> event.type().value())
        .toList();
  }

  private void leak(boolean isWet) throws Exception {
    try (RunningGateway gateway = RunningGateway.start(data)) {
      post(gateway, "/intake/zigbee2mqtt/leak-1", "{\"water_leak\":" + isWet + "}");
    }
  }

  @Test
  void aLeakIsToldOnceUntilItHasEnded() throws Exception {
    leak(true);
    leak(true);
    leak(true);
    leak(false);
    leak(true);
    try (RunningGateway gateway = RunningGateway.start(data)) {
      assertThat(told(gateway, "leak-1"))
          .containsExactly("water.leak", "water.cleared", "water.leak");
      post(gateway, "/intake/zigbee2mqtt/leak-1", "{\"water_leak\":true}");
      assertThat(page(gateway))
          .contains("one thing again that it knew")
          .contains("leak-1 (unchanged state: 1)");
    }
  }

  private static String page(RunningGateway gateway) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(gateway.http("/")).header("Accept-Language", "en").build(),
              BodyHandlers.ofString())
          .body();
    }
  }

  private static String alert(String state, Instant at) {
    return """
    <EventNotificationAlert><channelID>1</channelID><dateTime>%s</dateTime>\
    <activePostCount>3</activePostCount><eventType>linedetection</eventType>\
    <eventState>%s</eventState></EventNotificationAlert>\
    """
        .formatted(at, state);
  }

  /** A camera posts an alarm every second for as long as it lasts. */
  @Test
  void anAlarmThatIsPostedAcrossARestartStaysOne() throws Exception {
    for (int run = 0; run < 2; run++) {
      try (RunningGateway gateway = RunningGateway.start(data)) {
        post(gateway, "/intake/hikvision/cam-1", alert("active", Instant.now()));
        post(gateway, "/intake/hikvision/cam-1", alert("active", Instant.now()));
        assertThat(told(gateway, "cam-1")).containsExactly("zone.intruded");
      }
    }
    try (RunningGateway gateway = RunningGateway.start(data)) {
      post(gateway, "/intake/hikvision/cam-1", alert("inactive", Instant.now()));
    }
    try (RunningGateway gateway = RunningGateway.start(data)) {
      post(gateway, "/intake/hikvision/cam-1", alert("active", Instant.now()));
      assertThat(told(gateway, "cam-1")).containsExactly("zone.intruded", "zone.intruded");
    }
  }
}
