package org.linli.hub.gateway.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.Receipt;
import org.linli.hub.gateway.TestGateway;
import org.linli.hub.gateway.TestHub;
import org.linli.hub.intake.Batches;
import org.linli.program.mqtt.Mosquitto;

/** Only the words of the protocol say whether a gateway is there. */
class StatusWordTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Batches batches = Batches.of("gateway-1");

  @TempDir Path folder;

  @Test
  void behindABrokerOnlyOfflineIsOffline() throws Exception {
    try (Mosquitto broker = Mosquitto.start(folder.resolve("mosquitto"));
        TestHub hub =
            new TestHub(
                folder.resolve("hub"), "--linli.gateway.broker=mqtt://127.0.0.1:" + broker.port());
        TestGateway gateway = new TestGateway("127.0.0.1", broker.port(), "gateway-1")) {
      gateway.say("online");
      await().atMost(PATIENCE).until(gateway::hasReceipt);
      sayOtherThings(gateway);

      assertThat(hub.comingsAndGoings()).containsExactly("gateway-1 came");
      gateway.say("offline");
      await()
          .atMost(PATIENCE)
          .until(() -> hub.comingsAndGoings().equals(List.of("gateway-1 came", "gateway-1 went")));
    }
  }

  @Test
  void atTheHubItselfOtherWordsSayNothingEither() throws Exception {
    try (TestHub hub = new TestHub(folder.resolve("hub"));
        TestGateway gateway = new TestGateway(hub.port(), "gateway-1")) {
      gateway.say("online");
      await().atMost(PATIENCE).until(gateway::hasReceipt);
      sayOtherThings(gateway);

      assertThat(hub.comingsAndGoings()).containsExactly("gateway-1 came");
    }
  }

  /** And a batch behind them, whose receipt says that they were heard. */
  private void sayOtherThings(TestGateway gateway) throws MqttException, InterruptedException {
    for (String word : List.of("maintenance", "Offline", "offline ", "", "\u0000")) {
      gateway.publish(gateway.topics().status(), word.getBytes(StandardCharsets.UTF_8));
    }
    gateway.send(batches.rows(1, 1));
    Receipt applied = new Receipt.Applied(batches.epoch(), batches.lane(), 1, batches.digest(1));
    gateway.awaitReceipt(applied);
  }
}
