package org.linli.edge.intake.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.RunningGateway;
import org.linli.edge.intake.RefusalReason;
import org.linli.event.DeviceEvent;
import org.linli.program.mqtt.Mosquitto;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A whole gateway behind a real Mosquitto, and its disk. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AttachedGatewayTest {

  private static final String ME = "linli-gateway-7";

  @TempDir private static Path folder;

  private static Mosquitto broker;
  private static RunningGateway gateway;
  private static BrokerClient device;
  private static HttpClient http;

  @BeforeAll
  static void start() throws Exception {
    http = HttpClient.newHttpClient();
    broker = Mosquitto.start(folder.resolve("broker"));
    gateway = startGateway();
    device = BrokerClient.device(broker, "somebody");
    await().until(() -> get("/actuator/prometheus").contains("linli_broker_attached 1.0"));
  }

  private static RunningGateway startGateway() {
    return RunningGateway.start(
        folder.resolve("data"),
        "--linli.gateway-id=gateway-7",
        "--linli.broker.uri=" + broker.uri(),
        "--linli.broker.first-pause=50ms");
  }

  @AfterAll
  static void stop() throws Exception {
    device.close();
    gateway.close();
    broker.close();
    http.close();
  }

  private static String get(String path) throws IOException, InterruptedException {
    return http.send(
            HttpRequest.newBuilder(gateway.http(path)).header("Accept-Language", "en").build(),
            BodyHandlers.ofString())
        .body();
  }

  private static String opened(String id) {
    return "{\"type\":\"door.opened\",\"id\":\"%s\"}".formatted(id);
  }

  @Test
  @Order(1)
  void takesOnceWhatTheBrokerSendsAgainBecauseItWasNotYetOnDisk() throws Exception {
    gateway.valve().close();
    try {
      device.publish("linli/access/held", opened("a"), 1);
      await().until(gateway.valve()::holds);
      try (BrokerClient other = BrokerClient.inPlaceOf(ME, broker)) {
        assertThat(other.receive(5_000)).as("not acknowledged before the commit").isNotNull();
      }
    } finally {
      gateway.valve().open();
    }

    await().until(() -> gateway.ledger().repeated() == 1);
    assertThat(gateway.kept("held")).hasSize(1);
    assertNothingIsLeftAtTheBroker();
  }

  @Test
  @Order(2)
  void keepsTheOrderOfEachDevice() throws Exception {
    for (int i = 0; i < 50; i++) {
      device.publish("linli/access/row-" + i % 2, opened("r" + i), 1);
    }

    await().until(() -> gateway.kept("row-1").size() == 25);
    for (int parity = 0; parity < 2; parity++) {
      int first = parity;
      assertThat(gateway.kept("row-" + parity))
          .extracting(event -> String.valueOf(event.id()))
          .containsExactlyElementsOf(
              IntStream.range(0, 25).mapToObj(i -> "r" + (2 * i + first)).toList());
    }
  }

  @Test
  @Order(3)
  void acknowledgesWhatItCannotReadOnceItsDeadLetterIsKept() throws Exception {
    device.publish("linli/access/broken", "door opened", 1);

    await().until(() -> gateway.lastDeadLetterId() > 0);
    assertThat(gateway.lastDeadLetter().refusal().reason()).isEqualTo(RefusalReason.NOT_JSON);
    assertThat(gateway.lastDeadLetter().source()).isEqualTo(broker.uri() + "/linli/access/broken");
    assertNothingIsLeftAtTheBroker();
  }

  @Test
  @Order(4)
  void keepsWhatTheDiskRefusesWithTheBrokerUntilItTakesIt() throws Exception {
    gateway.valve().breakDisk(true);
    try {
      device.publish("linli/access/refused", opened("a"), 1);
      await().until(() -> get("/").contains("is not reached"));
    } finally {
      gateway.valve().breakDisk(false);
    }

    await()
        .untilAsserted(
            () ->
                assertThat(gateway.kept("refused"))
                    .extracting(DeviceEvent::type)
                    .hasToString("[door.opened]"));
  }

  @Test
  @Order(5)
  void saysInWordsWhetherTheBrokerIsReached() throws Exception {
    String reached = "The broker at " + broker.uri() + " is reached";
    await().untilAsserted(() -> assertThat(get("/")).contains(reached));
    assertThat(get("/?lang=zh")).contains("MQTT 服务器 " + broker.uri() + " 已连接");
    assertThat(health().path("description").asString()).isEqualTo(reached);
    assertThat(health().path("status").asString()).isEqualTo("UP");

    broker.kill();
    await()
        .untilAsserted(
            () ->
                assertThat(get("/")).contains("The broker at " + broker.uri() + " is not reached"));
    assertThat(health().path("description").asString())
        .isEqualTo("The broker at " + broker.uri() + " is not reached and tried again");
    assertThat(get("/actuator/prometheus"))
        .contains("linli_broker_attached 0.0")
        .contains("linli_broker_sessions_lost_total 0.0");

    broker.start();
    await().untilAsserted(() -> assertThat(get("/")).contains(reached));
    assertThat(get("/")).contains("the broker has forgotten once what it kept for it");
    assertThat(get("/actuator/prometheus")).contains("linli_broker_sessions_lost_total 1.0");
  }

  private static JsonNode health() throws IOException, InterruptedException {
    return new JsonMapper().readTree(get("/actuator/health")).path("components").path("broker");
  }

  @Test
  @Order(6)
  void takesWhatWasPublishedWhileTheGatewayWasDown() throws Exception {
    gateway.close();
    try (BrokerClient late = BrokerClient.device(broker, "late")) {
      for (int i = 0; i < 20; i++) {
        late.publish("linli/access/meanwhile", opened("m" + i), 1);
      }
    }
    gateway = startGateway();

    await().until(() -> gateway.kept("meanwhile").size() == 20);
    assertThat(get("/actuator/prometheus")).contains("linli_broker_sessions_lost_total 0.0");
  }

  private static void assertNothingIsLeftAtTheBroker() throws Exception {
    try (BrokerClient other = BrokerClient.inPlaceOf(ME, broker)) {
      assertThat(other.receive(300)).as("acknowledged").isNull();
    }
    await().until(() -> get("/actuator/prometheus").contains("linli_broker_attached 1.0"));
  }
}
