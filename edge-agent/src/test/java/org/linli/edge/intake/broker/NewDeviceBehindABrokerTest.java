package org.linli.edge.intake.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.RunningGateway;
import org.linli.event.DeviceEvent;
import org.linli.event.DeviceId;
import org.linli.event.GatewayId;
import org.linli.event.GatewayRegistry;
import org.linli.event.Kind;
import org.linli.event.RegisteredDevice;
import org.linli.event.RegistryContent;
import org.linli.event.RegistryVersion;
import org.linli.event.codec.GatewayRegistryCodec;
import org.linli.program.mqtt.Mosquitto;

/** A new device for which there is no room, behind a real Mosquitto, while the hub is away. */
class NewDeviceBehindABrokerTest {

  private static final String ME = "linli-gateway-7";

  /** 178, and one place for the registered door, which has not spoken yet. */
  private static final int MOST = 179;

  @TempDir private Path folder;

  private RunningGateway start(Mosquitto broker) throws Exception {
    RegistryContent content =
        new RegistryContent(
            List.of(
                new RegisteredDevice(new DeviceId("door-1"), Kind.ACCESS, "大门", "Main door", null)),
            List.of());
    Path data = Files.createDirectories(folder.resolve("data"));
    Files.write(
        data.resolve("registry"),
        GatewayRegistryCodec.encode(
            new GatewayRegistry(
                new GatewayId("gateway-7"),
                new RegistryVersion(1, 1, GatewayRegistryCodec.digest(content)),
                content)));
    return RunningGateway.start(
        data,
        "--linli.gateway-id=gateway-7",
        "--linli.outbox.quota=4MB",
        "--linli.outbox.waiting-bytes=64KB",
        "--linli.broker.uri=" + broker.uri(),
        "--linli.broker.first-pause=50ms");
  }

  private static String get(RunningGateway gateway, String path) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(gateway.http(path)).build(), BodyHandlers.ofString())
          .body();
    }
  }

  private static String event(String type, String id) {
    return "{\"type\":\"%s\",\"id\":\"%s\"}".formatted(type, id);
  }

  /** As many invented devices speak as the gateway remembers. */
  private static void useUpTheRoom(RunningGateway gateway, BrokerClient device) throws Exception {
    await().until(() -> gateway.gauge("linli.broker.attached") == 1);
    for (int i = 0; i < MOST; i++) {
      device.publish("linli/access/invented-" + i, event("door.opened", "a"), 0);
    }
    await().until(() -> gateway.ledger().taken() == MOST);
  }

  @Test
  void isRefusedAndARegisteredDoorBehindItIsHeardAtOnce() throws Exception {
    try (Mosquitto broker = Mosquitto.start(folder.resolve("broker"));
        RunningGateway gateway = start(broker);
        BrokerClient device = BrokerClient.device(broker, "somebody")) {
      useUpTheRoom(gateway, device);

      for (int i = 0; i < 3; i++) {
        device.publish("linli/access/one-more", event("door.opened", "o" + i), 1);
        device.publish("linli/access/door-1", event("door.forced", "f" + i), 1);
      }
      device.publish("linli/access/invented-1", event("door.opened", "b"), 1);

      await().until(() -> gateway.kept("door-1").size() == 3);
      await().until(() -> gateway.kept("invented-1").size() == 2);
      assertThat(gateway.kept("door-1"))
          .extracting(DeviceEvent::id)
          .extracting(String::valueOf)
          .containsExactly("f0", "f1", "f2");
      assertThat(gateway.kept("one-more")).isEmpty();
      assertThat(gateway.gauge("linli.broker.attached")).isEqualTo(1);
      assertThat(gateway.ledger().refused()).isEqualTo(3);
      assertThat(gateway.ledger().balances()).isTrue();
      assertThat(gateway.lastDeadLetter().source())
          .isEqualTo(broker.uri() + "/linli/access/one-more");
      assertThat(gateway.lastDeadLetter().refusal().reason().wireName())
          .isEqualTo("too-many-devices");
      assertThat(gateway.lastDeadLetter().refusal().detail()).contains("linli.outbox.quota");
      assertThat(gateway.figure("linli.outbox.devices.refused")).isEqualTo(3);
      assertThat(get(gateway, "/?lang=en"))
          .contains("3 messages of devices that nobody registered were refused since ")
          .contains("the newest came from " + broker.uri() + "/linli/access/one-more");
      assertThat(get(gateway, "/?lang=zh")).contains("已拒绝 3 条未登记设备的消息").contains("one-more");
      assertThat(gateway.health("outbox").getStatus().getCode()).isEqualTo("UP");
      assertThat(String.valueOf(gateway.health("outbox").getDetails().get("degraded")))
          .contains("178 devices that nobody registered")
          .contains("3 messages of others were refused");
      try (BrokerClient other = BrokerClient.inPlaceOf(ME, broker)) {
        assertThat(other.receive(300)).as("nothing is left with the broker").isNull();
      }
    }
  }

  @Test
  void isHeardIfItIsUrgent() throws Exception {
    try (Mosquitto broker = Mosquitto.start(folder.resolve("broker"));
        RunningGateway gateway = start(broker);
        BrokerClient device = BrokerClient.device(broker, "somebody")) {
      useUpTheRoom(gateway, device);

      device.publish("linli/access/new-door", event("door.forced", "f"), 1);
      await().until(() -> gateway.kept("new-door").size() == 1);
    }
  }
}
