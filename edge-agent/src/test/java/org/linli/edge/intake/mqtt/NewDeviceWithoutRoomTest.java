package org.linli.edge.intake.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A new device for which there is no room does not stop others of its connection. */
class NewDeviceWithoutRoomTest {

  private static final String OPENED = "{\"type\":\"door.opened\",\"id\":\"%s\"}";
  private static final String FORCED = "{\"type\":\"door.forced\",\"id\":\"%s\"}";
  private static final int MOST = 178;

  @RegisterExtension
  static final MqttGateway gateway =
      new MqttGateway("--linli.outbox.quota=4MB", "--linli.outbox.waiting-bytes=64KB");

  @BeforeEach
  void hearAsManyAsThereIsRoomFor() throws Exception {
    RawDevice many = gateway.raw("many");
    for (int i = 0; i < MOST; i++) {
      many.publish(1, i + 1, "linli/access/invented-" + i, OPENED.formatted("a"));
      assertThat(many.read()).startsWith(0x40);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 64, 64", "2, 80, 80"})
  void isToldSoOverMqtt5AndTheConnectionGoesOn(int qos, int answer, int next) throws Exception {
    RawDevice bridge = gateway.raw("bridge", 5);
    bridge.publish(qos, 1, "linli/access/one-more", OPENED.formatted("o"));
    bridge.publish(qos, 2, "linli/access/invented-1", FORCED.formatted("f" + qos));

    int[] refused = bridge.read();
    assertThat(refused).startsWith(answer);
    assertThat(refused[4]).isEqualTo(0x97);
    assertThat(bridge.read()).startsWith(next).containsSequence(0, 2);
    await()
        .untilAsserted(
            () ->
                assertThat(gateway.running().kept("invented-1"))
                    .extracting(event -> String.valueOf(event.id()))
                    .contains("f" + qos));
    assertThat(gateway.running().lastDeadLetter().refusal().reason().wireName())
        .isEqualTo("too-many-devices");
  }

  @Test
  void isNotAcknowledgedOverMqtt311WhichHasNoSuchAnswer() throws Exception {
    RawDevice bridge = gateway.raw("bridge-old");
    long letters = gateway.running().lastDeadLetterId();
    bridge.publish(1, 1, "linli/access/one-more", OPENED.formatted("o"));

    assertThat(bridge.read()).as("the connection is closed").isEmpty();
    assertThat(gateway.running().lastDeadLetterId()).isEqualTo(letters);
  }

  @Test
  void endsNoConnectionAtQos0WhichNobodyAnswers() throws Exception {
    RawDevice bridge = gateway.raw("bridge-0");
    bridge.publish(0, 0, "linli/access/one-more", OPENED.formatted("o"));
    bridge.publish(1, 2, "linli/access/invented-1", FORCED.formatted("f0"));

    assertThat(bridge.read()).containsExactly(0x40, 2, 0, 2);
  }
}
