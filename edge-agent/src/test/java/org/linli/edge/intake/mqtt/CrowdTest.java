package org.linli.edge.intake.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/** As many clients as there are places, which say nothing once they are in. */
class CrowdTest {

  private static final int PLACES = 20;

  @RegisterExtension
  static final MqttGateway gateway = new MqttGateway("--linli.mqtt.max-connections=" + PLACES);

  @Test
  void letsADeviceInBesideAsManySilentClientsAsThereArePlaces() throws Exception {
    RawDevice before = gateway.raw("before", 5);
    serves(before, 1);
    List<RawDevice> silent = new ArrayList<>();
    for (int i = 0; i < 3 * PLACES; i++) {
      silent.add(gateway.raw("silent-" + i, 5));
    }
    serves(before, 2);
    assertThat(silent.getFirst().read())
        .describedAs("DISCONNECT with quota exceeded")
        .startsWith(0xe0)
        .contains(0x97);

    RawDevice late = gateway.raw("late");
    serves(late, 1);
    for (int i = 0; i < 2 * PLACES; i++) {
      gateway.raw("more-" + i);
    }
    serves(late, 2);
    serves(before, 3);
    Health health = gateway.running().health("mqttDoor");
    assertThat(health.getStatus()).isEqualTo(Status.UP);
    assertThat(health.getDetails().get("degraded"))
        .asString()
        .startsWith("All " + PLACES + " places of MQTT devices were taken");
    assertThat(gateway.running().figure("linli.mqtt.put.out")).isGreaterThan(PLACES);
    assertThat(page("zh"))
        .containsPattern("<p>最近 10 分钟内，MQTT 设备的 20 个连接名额曾全部占满；启动以来已断开 [0-9]+ 个最久没有发布消息的客户端");
    assertThat(page("en"))
        .contains("All 20 places for MQTT devices were taken within the last 10 minutes");
  }

  private static String page(String language) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI page = gateway.running().http("/?lang=" + language);
      return http.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString()).body();
    }
  }

  private static void serves(RawDevice device, int packetId) throws IOException {
    device.publish(1, packetId, "linli/access/crowded", "{\"type\":\"door.opened\"}");
    assertThat(device.read()).startsWith(0x40).containsSequence(0, packetId);
  }
}
