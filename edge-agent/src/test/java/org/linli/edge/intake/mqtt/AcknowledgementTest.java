package org.linli.edge.intake.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcknowledgementTest {

  private static final String OPENED = "{\"type\":\"door.opened\",\"id\":\"%s\"}";

  /** Messages of 40 kB: more than fits into sockets and a window of 16. */
  private static final int FLOOD = 600;

  @RegisterExtension
  static final MqttGateway gateway =
      new MqttGateway("--linli.mqtt.in-flight=16", "--linli.mqtt.max-message-size=64KB");

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void acknowledgesOnlyAfterTheCommit(int qos) throws Exception {
    PahoDevice device = gateway.paho("door-" + qos);
    gateway.running().valve().close();
    IMqttToken sent = device.publish("linli/access/door-" + qos, OPENED.formatted("a"), qos);
    try {
      await()
          .during(Duration.ofMillis(400))
          .atMost(Duration.ofSeconds(2))
          .until(() -> !sent.isComplete());
    } finally {
      gateway.running().valve().open();
    }

    sent.waitForCompletion(5_000);
    assertThat(sent.getReasonCodes()).containsOnly(0);
    assertThat(gateway.running().kept("door-" + qos)).hasSize(1);
  }

  @Test
  void acknowledgesNothingOverMqtt311BeforeTheCommit() throws Exception {
    RawDevice device = gateway.raw("door-311");
    gateway.running().valve().close();
    try {
      device.publish(1, 7, "linli/access/door-311", OPENED.formatted("a"));
      device.expectSilence(Duration.ofMillis(400));
    } finally {
      gateway.running().valve().open();
    }

    assertThat(device.read()).containsExactly(0x40, 2, 0, 7);
  }

  @Test
  void acknowledgesInTheOrderOfThePublications() throws Exception {
    RawDevice device = gateway.raw("order");
    gateway.running().valve().close();
    try {
      for (int id = 1; id <= 10; id++) {
        device.publish(1, id, "linli/access/order", OPENED.formatted(id));
      }
    } finally {
      gateway.running().valve().open();
    }

    for (int id = 1; id <= 10; id++) {
      assertThat(device.read()).containsExactly(0x40, 2, 0, id);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void whatCameBehindAMessageThatTheDiskRefusedDoesNotOvertakeIt(int qos) throws Exception {
    String device = "overtaken-" + qos;
    RawDevice refused = gateway.raw(device);
    gateway.running().valve().close();
    try {
      refused.publish(qos, 1, "linli/access/" + device, OPENED.formatted("first"));
      await().until(gateway.running().valve()::holds);
      refused.publish(qos, 2, "linli/access/" + device, OPENED.formatted("second"));
      // Once the gateway answers a ping it has read what came before it.
      refused.send(0xc0, 0);
      assertThat(refused.read()).startsWith(0xd0);
      gateway.running().valve().failNext();
    } finally {
      gateway.running().valve().open();
    }
    assertThat(refused.read()).as("the connection is closed").isEmpty();

    RawDevice again = gateway.raw(device);
    again.publish(qos, 1, "linli/access/" + device, OPENED.formatted("first"));
    again.publish(qos, 2, "linli/access/" + device, OPENED.formatted("second"));
    assertThat(again.read()).isNotEmpty();
    assertThat(again.read()).isNotEmpty();
    assertThat(gateway.running().kept(device))
        .extracting(event -> String.valueOf(event.id()))
        .containsExactly("first", "second");
  }

  @Test
  void takesAQos2MessageOnceAlthoughItIsSentAgainBeforeItsRelease() throws Exception {
    RawDevice device = gateway.raw("lift-2");
    device.publish(2, 9, "linli/elevator/lift-2", "{\"type\":\"overspeed\"}");
    assertThat(device.read()).containsExactly(0x50, 2, 0, 9);
    device.publish(2, 9, "linli/elevator/lift-2", "{\"type\":\"overspeed\"}");
    assertThat(device.read()).containsExactly(0x50, 2, 0, 9);
    device.send(0x62, 2, 0, 9);
    assertThat(device.read()).containsExactly(0x70, 2, 0, 9);

    assertThat(gateway.running().kept("lift-2")).hasSize(1);
  }

  @Test
  void takesQos0WithoutAnAnswer() throws Exception {
    gateway.raw("cam-0").publish(0, 0, "linli/camera/cam-0", "{\"type\":\"object.detected\"}");

    await().untilAsserted(() -> assertThat(gateway.running().kept("cam-0")).hasSize(1));
  }

  @Test
  void endsAConnectionThatExceedsItsReceiveMaximum() throws Exception {
    RawDevice device = gateway.raw("greedy", 5);
    gateway.running().valve().close();
    try {
      for (int id = 1; id <= 17; id++) {
        device.publish(1, id, "linli/access/greedy", OPENED.formatted(id));
      }
      assertThat(device.read()).startsWith(0xe0).contains(0x93);
    } finally {
      gateway.running().valve().open();
    }
  }

  @Test
  void closesTheConnectionUnacknowledgedWhenTheDiskRefuses() throws Exception {
    PahoDevice modern = gateway.paho("door-modern");
    RawDevice old = gateway.raw("door-old");
    gateway.running().valve().breakDisk(true);
    try {
      IMqttToken sent = modern.publish("linli/access/door-modern", OPENED.formatted("a"), 1);
      old.publish(1, 5, "linli/access/door-old", OPENED.formatted("a"));

      await().untilAsserted(() -> assertThat(modern.disconnects()).containsExactly(0x97));
      assertThat(old.read()).as("no answer, the end").isEmpty();
      assertThat(sent.getReasonCodes())
          .satisfiesAnyOf(
              codes -> assertThat(codes).isNull(), codes -> assertThat(codes).isEmpty());
    } finally {
      gateway.running().valve().breakDisk(false);
    }
  }

  @Test
  void stopsReadingWhileTooMuchWaitsForTheDisk() throws Exception {
    RawDevice device = gateway.raw("flood");
    gateway.running().valve().close();
    try {
      String values =
          IntStream.range(0, 40)
              .mapToObj(i -> "\"v%d\":\"%s\"".formatted(i, "x".repeat(1_000)))
              .collect(Collectors.joining(","));
      String event = "{\"type\":\"a\",\"values\":{%s}}".formatted(values);
      Thread flood =
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (int i = 0; i < FLOOD; i++) {
                      device.publish(0, 0, "linli/access/flood", event);
                    }
                  });
      await().during(Duration.ofMillis(500)).atMost(Duration.ofSeconds(5)).until(flood::isAlive);
    } finally {
      gateway.running().valve().open();
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(gateway.running().kept("flood")).hasSize(FLOOD));
  }
}
