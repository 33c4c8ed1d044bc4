package org.linli.edge.intake.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.linli.edge.intake.mqtt.RawDevice.Connect;
import org.linli.event.Value;

/** What the gateway says by itself of devices whose connection breaks. */
class OfflineTest {

  @RegisterExtension
  static final MqttGateway gateway = new MqttGateway("--linli.liveness.grace=1s");

  @Test
  void saysOfflineAndOnlineOfADeviceWhoseConnectionBreaks() throws IOException {
    speaking(new Connect(4, "door-off")).reset();
    awaitTypes("door-off", "door.opened", "device.offline");
    assertThat(gateway.running().kept("door-off").getLast().values().find("why"))
        .contains(new Value.Text("reset"));

    speaking(new Connect(4, "door-off"));
    awaitTypes("door-off", "door.opened", "device.offline", "device.online", "door.opened");
  }

  @Test
  void saysOfflineOfADeviceThatIsSilentForLongerThanItSaid() throws IOException {
    speaking(new Connect(5, "door-mute").keepAlive(1));
    awaitTypes("door-mute", "door.opened", "device.offline");
    assertThat(gateway.running().kept("door-mute").getLast().values().find("why"))
        .contains(new Value.Text("keep-alive"));
  }

  @Test
  void saysNothingOfADeviceThatLeavesInOrderOrIsTakenOverAndSpeaks() throws IOException {
    RawDevice polite = speaking(new Connect(4, "door-polite"));
    polite.send(0xe0, 0);
    assertThat(polite.read()).isEmpty();
    RawDevice first = speaking(new Connect(4, "door-twin"));
    speaking(new Connect(4, "door-twin"));
    assertThat(first.read()).isEmpty();

    speaking(new Connect(4, "door-later")).reset();
    awaitTypes("door-later", "door.opened", "device.offline");
    awaitTypes("door-polite", "door.opened");
    awaitTypes("door-twin", "door.opened", "door.opened");
  }

  @Test
  void saysNothingOfItsDevicesWhenItStopsInOrder() throws IOException {
    speaking(new Connect(4, "door-stop"));
    gateway.restart();
    speaking(new Connect(4, "door-after")).reset();
    awaitTypes("door-after", "door.opened", "device.offline");
    awaitTypes("door-stop", "door.opened");
  }

  private static RawDevice speaking(Connect connect) throws IOException {
    RawDevice device = gateway.raw(connect);
    assertThat(device.read()).startsWith(0x20).containsSequence(0, 0);
    device.publish(1, 1, "linli/access/" + connect.clientId(), "{\"type\":\"door.opened\"}");
    assertThat(device.read()).startsWith(0x40);
    return device;
  }

  private static void awaitTypes(String device, String... types) {
    await()
        .untilAsserted(
            () ->
                assertThat(gateway.running().kept(device))
                    .extracting(event -> event.type().value())
                    .isEqualTo(List.of(types)));
  }
}
