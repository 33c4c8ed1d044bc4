package org.linli.edge.intake.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.linli.edge.intake.RefusalReason;

class RefusalTest {

  private static final String OPENED = "{\"type\":\"door.opened\",\"id\":\"%s\"}";

  @RegisterExtension
  static final MqttGateway gateway =
      new MqttGateway("--linli.mqtt.in-flight=16", "--linli.mqtt.max-message-size=64KB");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "linli/access/door-1|{\"type\":|153|NOT_JSON|line 1, column 9",
        "linli/access/door-1|{\"values\":{}}|153|MISSING_FIELD|type: is missing",
        "linli/access/door-1|[{\"type\":\"measurement\"},{\"type\":7}]|153|BAD_FIELD|event 2: type",
        "linli/doors/door-1|{\"type\":\"a\"}|144|UNKNOWN_KIND|kind doors is none of access",
        "linli/access/..1|{\"type\":\"a\"}|144|BAD_DEVICE_ID|two dots in a row",
        "doors/door-1|{\"type\":\"a\"}|144|UNKNOWN_ADDRESS|linli/{kind}/{deviceId}",
      })
  void refusesOverMqtt5WithAReasonOnceTheDeadLetterIsKept(
      String topic, String payload, int code, RefusalReason reason, String detail)
      throws Exception {
    IMqttToken sent = gateway.paho("refused").publish(topic, payload, 1);
    await().until(() -> sent.isComplete() || sent.getException() != null);

    assertThat(sent.getReasonCodes()).containsExactly(code);
    assertThat(sent.getResponseProperties().getReasonString()).contains(detail);
    assertThat(gateway.running().lastDeadLetter())
        .satisfies(
            letter -> {
              assertThat(letter.refusal().reason()).isEqualTo(reason);
              assertThat(letter.source()).isEqualTo("mqtt://refused");
              assertThat(letter.sample()).asString(StandardCharsets.UTF_8).isEqualTo(payload);
            });
    assertThat(gateway.running().kept("door-1")).as("an array is refused whole").isEmpty();
  }

  /** In the one ledger of all doors. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "linli/access/door-1|{\"type\":|not-json",
        "linli/doors/door-1|{\"type\":\"a\"}|unknown-kind",
        "doors/door-1|{\"type\":\"a\"}|unknown-address",
      })
  void countsARefusalOnceInTheLedger(String topic, String payload, String reason) throws Exception {
    long before = counted(reason);

    IMqttToken sent = gateway.paho("counted").publish(topic, payload, 1);
    await().until(() -> sent.isComplete() || sent.getException() != null);

    assertThat(counted(reason)).isEqualTo(before + 1);
  }

  /** The alarm of an array is taken; what is no event beside it is a dead letter of its own. */
  @Test
  void takesAnAlarmBesideAnEntryThatIsNoEvent() throws Exception {
    String array = "[{\"type\":\"door.forced\",\"id\":\"7\"},{\"value\":1}]";
    long before = gateway.running().lastDeadLetterId();

    gateway.paho("mixed").publish("linli/access/mixed", array, 1).waitForCompletion(5_000);

    assertThat(gateway.running().kept("mixed"))
        .extracting(event -> event.type().value())
        .containsExactly("door.forced");
    assertThat(gateway.running().lastDeadLetterId()).isEqualTo(before + 1);
    assertThat(gateway.running().lastDeadLetter().sample())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("{\"value\":1}");
    gateway.paho("again").publish("linli/access/mixed", array, 1).waitForCompletion(5_000);
    assertThat(gateway.running().kept("mixed")).hasSize(1);
    assertThat(gateway.running().lastDeadLetterId()).isEqualTo(before + 1);
  }

  private static long counted(String reason) {
    return gateway.running().refusals().getOrDefault("mqtt", Map.of()).getOrDefault(reason, 0L);
  }

  @Test
  void endsARefusedQos2ExchangeAtItsPubrec() throws Exception {
    RawDevice device = gateway.raw("refused-2", 5);
    device.publish(2, 4, "linli/doors/x", "{}");

    assertThat(device.read()).startsWith(0x50).contains(0x90);
    device.send(0x62, 2, 0, 4);
    assertThat(device.read()).as("packet id is not known any more").startsWith(0x70).contains(0x92);
  }

  @Test
  void acknowledgesOverMqtt311WhatIsNowADeadLetter() throws Exception {
    RawDevice device = gateway.raw("old");
    device.publish(1, 3, "linli/access/old", "door opened");

    assertThat(device.read()).containsExactly(0x40, 2, 0, 3);
    assertThat(gateway.running().lastDeadLetter().refusal().reason())
        .isEqualTo(RefusalReason.NOT_JSON);
  }

  @Test
  void closesWithPacketTooLargeWhenAMessageIsTooLarge() throws Exception {
    PahoDevice device = gateway.paho("large");
    byte[] tenMegabytes = new byte[10 * 1024 * 1024];

    device.client().publish("linli/access/large", tenMegabytes, 1, false);

    await().untilAsserted(() -> assertThat(device.disconnects()).containsExactly(0x95));
    await()
        .untilAsserted(
            () ->
                assertThat(gateway.running().lastDeadLetter())
                    .satisfies(
                        letter -> {
                          assertThat(letter.refusal().reason()).isEqualTo(RefusalReason.TOO_LARGE);
                          assertThat(letter.refusal().detail()).contains("at most 65536");
                        }));
    assertThat(gateway.running().refusedOf("large"))
        .containsEntry("too-large", 1L)
        .containsEntry("turned-away", 1L);
    IMqttToken next = gateway.paho("large").publish("linli/access/large", OPENED.formatted("n"), 1);
    next.waitForCompletion(5_000);
  }

  @Test
  void closesOnAPacketTooLargeOverMqtt311() throws Exception {
    RawDevice device = gateway.raw("large-old");
    // PUBLISH with a remaining length of 256 MB, of which only the beginning ever comes.
    device.send(0x32, 0xff, 0xff, 0xff, 0x7f, 0, 3, 'a', '/', 'b', 0, 1);

    assertThat(device.read()).isEmpty();
    await()
        .untilAsserted(
            () ->
                assertThat(gateway.running().refusedOf("large-old"))
                    .containsOnlyKeys("too-large", "turned-away"));
  }
}
