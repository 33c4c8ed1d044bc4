package org.linli.edge.intake.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.RunningGateway;
import org.linli.edge.profile.RepeatReason;
import org.linli.event.DeviceEvent;
import org.linli.program.mqtt.Mosquitto;

/**
 * A gateway that comes to a real Mosquitto which has retained the last state of thousands of
 * devices, for up to a year, and sends all of it at once.
 */
class RetainedHistoryTest {

  private static final int DEVICES = 5_000;

  @TempDir Path folder;

  @Test
  void takesAllOfItOnceAndMakesNoAlarmOfWhatIsLongOver() throws Exception {
    Instant lastYear = Instant.now().minus(Duration.ofDays(360));
    try (Mosquitto broker =
        Mosquitto.start(
            folder.resolve("broker"), "max_queued_messages 0", "max_inflight_messages 0")) {
      retain(broker, lastYear);
      try (RunningGateway gateway =
          RunningGateway.start(
              folder.resolve("data"),
              "--linli.broker.uri=" + broker.uri(),
              "--linli.broker.profiles=zigbee2mqtt",
              "--linli.broker.in-flight=16")) {
        // Each leak is a measurement and what it was; so are the three of the stairs.
        await()
            .atMost(Duration.ofMinutes(2))
            .untilAsserted(() -> assertThat(gateway.ledger().taken()).isEqualTo(DEVICES + 5L));

        assertThat(gateway.ledger().refused()).isZero();
        assertThat(gateway.repeats())
            .as("states of last year")
            .containsEntry(RepeatReason.CACHED, DEVICES + 1L);
        assertThat(gateway.kept("stairs-old"))
            .extracting(event -> event.type().value())
            .containsOnly("measurement");
        assertThat(gateway.kept("stairs-now"))
            .extracting(event -> event.type().value())
            .containsExactlyInAnyOrder("measurement", "smoke.detected");
        assertThat(gateway.kept("stairs-any"))
            .extracting(event -> event.type().value())
            .containsExactlyInAnyOrder("measurement", "smoke.detected");
        assertThat(gateway.kept("leak-4999"))
            .extracting(DeviceEvent::deviceTime)
            .containsOnly(lastYear.truncatedTo(ChronoUnit.MILLIS));
        assertThat(gateway.kept("leak-0"))
            .extracting(event -> event.type().value())
            .as("no leak of last year")
            .containsOnly("measurement");
      }
    }
  }

  private static void retain(Mosquitto broker, Instant lastYear) throws Exception {
    MqttAsyncClient devices =
        new MqttAsyncClient("tcp://127.0.0.1:" + broker.port(), "devices", new MemoryPersistence());
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setReceiveMaximum(1_000);
    devices.connect(options).waitForCompletion(5_000);
    try {
      for (int i = 0; i < DEVICES; i++) {
        retain(
            devices,
            "leak-" + i,
            "{\"water_leak\":true,\"last_seen\":" + lastYear.toEpochMilli() + "}");
      }
      String smoke = "{\"smoke\":true,\"last_seen\":%d}";
      retain(devices, "stairs-old", smoke.formatted(lastYear.toEpochMilli()));
      retain(devices, "stairs-now", smoke.formatted(Instant.now().toEpochMilli()));
      retain(devices, "stairs-any", "{\"smoke\":true}");
    } finally {
      devices.disconnect(0).waitForCompletion(5_000);
      devices.close();
    }
  }

  private static void retain(MqttAsyncClient devices, String name, String state) throws Exception {
    devices
        .publish("zigbee2mqtt/" + name, state.getBytes(StandardCharsets.UTF_8), 1, true)
        .waitForCompletion(5_000);
  }
}
