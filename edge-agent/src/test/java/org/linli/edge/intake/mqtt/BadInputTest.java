package org.linli.edge.intake.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.outbox.DeadLetter;

/**
 * What a device gets that sends nonsense, in MQTT 3.1.1 and in 5, and what is kept of it; the door
 * serves the next one as if nothing had been.
 */
class BadInputTest {

  private static final String GOOD = "{\"type\":\"measurement\"}";

  @RegisterExtension
  static final MqttGateway gateway = new MqttGateway("--linli.mqtt.max-message-size=64KB");

  /**
   * A publication that is refused.
   *
   * @param code in PUBACK of MQTT 5
   * @param reason of the dead letter
   */
  private record Bad(String what, byte[] topic, byte[] payload, int code, RefusalReason reason) {

    static Bad payload(String what, String payload, RefusalReason reason) {
      return payload(what, utf8(payload), reason);
    }

    static Bad payload(String what, byte[] payload, RefusalReason reason) {
      int code = reason == RefusalReason.TOO_LARGE ? 0x97 : 0x99;
      return new Bad(what, utf8("linli/access/door-bad"), payload, code, reason);
    }

    static Bad topic(String topic, RefusalReason reason) {
      int code = reason == RefusalReason.NOT_ALLOWED ? 0x87 : 0x90;
      return new Bad("topic " + topic, utf8(topic), utf8(GOOD), code, reason);
    }

    @Override
    public String toString() {
      return what.replace("\n", "\\n");
    }
  }

  static Stream<Arguments> refused() {
    List<Bad> all =
        List.of(
            Bad.payload("broken JSON", "{\"type\":", RefusalReason.NOT_JSON),
            Bad.payload("nothing", "", RefusalReason.NOT_JSON),
            Bad.payload("something behind", GOOD + "x", RefusalReason.NOT_JSON),
            Bad.payload("invalid UTF-8", invalidUtf8(), RefusalReason.NOT_JSON),
            Bad.payload("type of a wrong type", "{\"type\":7}", RefusalReason.BAD_FIELD),
            Bad.payload("id of a wrong type", with("\"id\":[]"), RefusalReason.BAD_FIELD),
            Bad.payload("values of a wrong type", with("\"values\":3"), RefusalReason.BAD_FIELD),
            Bad.payload("nested value", with("\"values\":{\"a\":{}}"), RefusalReason.BAD_FIELD),
            Bad.payload("no type", "{\"values\":{}}", RefusalReason.MISSING_FIELD),
            Bad.payload(
                "one of three", "[%s,{},%s]".formatted(GOOD, GOOD), RefusalReason.MISSING_FIELD),
            Bad.payload("deep", "[".repeat(2_000), RefusalReason.BAD_FIELD),
            Bad.payload(
                "deep values", with("\"values\":" + "{\"a\":".repeat(50)), RefusalReason.BAD_FIELD),
            Bad.payload("NaN", with("\"values\":{\"a\":NaN}"), RefusalReason.NOT_JSON),
            Bad.payload("infinity", with("\"values\":{\"a\":Infinity}"), RefusalReason.NOT_JSON),
            Bad.payload(
                "minus infinity", with("\"values\":{\"a\":-Infinity}"), RefusalReason.NOT_JSON),
            Bad.payload("out of range", with("\"values\":{\"a\":1e999}"), RefusalReason.BAD_FIELD),
            Bad.payload(
                "1,000 values",
                with("\"values\":{" + values(1_000) + "}"),
                RefusalReason.TOO_LARGE),
            Bad.payload(
                "1,001 events",
                "[" + String.join(",", Collections.nCopies(1_001, GOOD)) + "]",
                RefusalReason.TOO_LARGE),
            Bad.payload("empty id", with("\"id\":\"\""), RefusalReason.BAD_FIELD),
            Bad.payload("id of Linli's own", with("\"id\":\"~1\""), RefusalReason.BAD_FIELD),
            Bad.topic("linli/doors/door-bad", RefusalReason.UNKNOWN_KIND),
            Bad.topic("linli//door-bad", RefusalReason.UNKNOWN_KIND),
            Bad.topic("linli/access/a/b", RefusalReason.UNKNOWN_ADDRESS),
            Bad.topic("linli/access", RefusalReason.UNKNOWN_ADDRESS),
            Bad.topic("linli/access/door-bad/command", RefusalReason.UNKNOWN_ADDRESS),
            Bad.topic("linli/access/", RefusalReason.BAD_DEVICE_ID),
            Bad.topic("linli/access/..", RefusalReason.BAD_DEVICE_ID),
            Bad.topic("linli/access/a\nb", RefusalReason.BAD_DEVICE_ID),
            Bad.topic("linli/access/a b", RefusalReason.BAD_DEVICE_ID),
            Bad.topic("linli/access/" + "x".repeat(300), RefusalReason.BAD_DEVICE_ID),
            Bad.topic("$SYS/broker/uptime", RefusalReason.NOT_ALLOWED),
            Bad.topic("somewhere/door-bad", RefusalReason.UNKNOWN_ADDRESS));
    return all.stream().flatMap(bad -> Stream.of(Arguments.of(4, bad), Arguments.of(5, bad)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("refused")
  void refusesWithTheReasonOnceTheDeadLetterIsKept(int version, Bad bad) throws IOException {
    String client = "bad-%08x-%d".formatted(bad.what().hashCode(), version);
    RawDevice device = gateway.raw(client, version);
    device.publish(1, 3, bad.topic(), bad.payload());

    int[] answer = device.read();
    assertThat(answer).startsWith(0x40).containsSequence(0, 3);
    if (version == 5) {
      assertThat(answer[4]).isEqualTo(bad.code());
    } else {
      assertThat(answer).hasSize(4);
    }
    DeadLetter letter = gateway.running().lastDeadLetter();
    assertThat(letter.refusal().reason()).isEqualTo(bad.reason());
    assertThat(letter.size()).isEqualTo(bad.payload().length);
    assertThat(letter.sample())
        .isEqualTo(Arrays.copyOf(bad.payload(), Math.min(1_024, bad.payload().length)));
    assertThat(letter.source()).isEqualTo("mqtt://" + client);
    assertThat(gateway.running().kept("door-bad")).isEmpty();
    serves(device, 4);
  }

  static Stream<Arguments> malformed() {
    return Stream.of(
            Arguments.of("a wildcard to publish to", publish("linli/access/+")),
            Arguments.of("a wildcard for the rest", publish("linli/#")),
            Arguments.of("no topic", publish("")),
            Arguments.of("a topic that is no UTF-8", new int[] {0x30, 4, 0, 2, 'a', 0xff}),
            Arguments.of("QoS 3", new int[] {0x36, 2, 0, 0}),
            Arguments.of("packet id 0", new int[] {0x32, 6, 0, 1, 'a', 0, 0, 0}),
            Arguments.of("a second CONNECT", new int[] {0x10, 0}),
            Arguments.of("a server's packet", new int[] {0x20, 2, 0, 0}),
            Arguments.of("a reserved type", new int[] {0, 0}),
            Arguments.of("a length without an end", new int[] {0x30, 255, 255, 255, 255, 1}),
            Arguments.of("a topic beyond its packet", new int[] {0x30, 3, 0, 9, 'a'}))
        .flatMap(
            each ->
                Stream.of(4, 5)
                    .map(version -> Arguments.of(version, each.get()[0], each.get()[1])));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("malformed")
  void endsTheConnectionOfWhoDoesNotSpeakMqtt(int version, String what, int[] bytes)
      throws IOException {
    RawDevice device = gateway.raw("malformed", version);
    device.send(bytes);

    int[] answer = device.read();
    if (version == 5) {
      assertThat(answer).as(what).startsWith(0xe0);
      assertThat(answer[2]).isIn(0x81, 0x82, 0x90);
      assertThat(device.read()).isEmpty();
    } else {
      assertThat(answer).as(what).isEmpty();
    }
    serves(gateway.raw("malformed", version), 1);
  }

  @ParameterizedTest
  @MethodSource("versions")
  void closesOnTenMegabytesAndKeepsADeadLetter(int version) throws IOException {
    RawDevice device = gateway.raw("ten-" + version, version);
    try {
      device.publish(1, 3, "linli/access/door-bad", new byte[10 * 1024 * 1024]);
    } catch (AssertionError reset) {
      // The door closes while the rest is still being sent.
    }
    await()
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              DeadLetter letter = gateway.running().lastDeadLetter();
              assertThat(letter.source()).isEqualTo("mqtt://ten-" + version);
              assertThat(letter.refusal().reason()).isEqualTo(RefusalReason.TOO_LARGE);
              assertThat(letter.refusal().detail()).contains("at most 65536");
            });
    serves(gateway.raw("ten-" + version, version), 1);
  }

  @ParameterizedTest
  @MethodSource("versions")
  void takesAnEventWhateverItsClockSays(int version) throws IOException {
    String door = "door-clock-" + version;
    RawDevice device = gateway.raw(door, version);
    for (String time : List.of("1970-01-01T00:00:00Z", "2090-01-01T00:00:00Z")) {
      device.publish(1, 3, "linli/access/" + door, with("\"time\":\"" + time + "\""));
      assertThat(device.read()).startsWith(0x40).containsSequence(0, 3);
    }
    assertThat(gateway.running().kept(door))
        .extracting(event -> Optional.ofNullable(event.deviceTime()).orElseThrow().toString())
        .containsExactly("1970-01-01T00:00:00Z", "2090-01-01T00:00:00Z");
    assertThat(gateway.running().kept(door))
        .allSatisfy(event -> assertThat(event.time()).isEqualTo(event.takenAt()));
  }

  @ParameterizedTest
  @MethodSource("versions")
  void takesOneIdOnceAlsoWithOtherContent(int version) throws IOException {
    String door = "door-twice-" + version;
    RawDevice device = gateway.raw(door, version);
    device.publish(1, 1, "linli/access/" + door, with("\"id\":\"a\",\"values\":{\"n\":1}"));
    device.publish(1, 2, "linli/access/" + door, with("\"id\":\"a\",\"values\":{\"n\":1}"));
    device.publish(1, 3, "linli/access/" + door, with("\"id\":\"a\",\"values\":{\"n\":2}"));
    for (int id = 1; id <= 3; id++) {
      assertThat(device.read()).startsWith(0x40).containsSequence(0, id);
    }
    assertThat(gateway.running().kept(door)).as("the first one holds").hasSize(1);
  }

  /** The device cannot know, and sends it again. */
  @ParameterizedTest
  @MethodSource("versions")
  void takesAnEventOnceWhoseAcknowledgementWasLost(int version) throws IOException {
    String door = "door-lost-" + version;
    RawDevice first = gateway.raw(door, version);
    gateway.running().valve().close();
    try {
      first.publish(1, 1, "linli/access/" + door, with("\"id\":\"a\""));
      first.send(0xc0, 0);
      assertThat(first.read()).as("what was sent before has been read").startsWith(0xd0);
      first.reset();
    } finally {
      gateway.running().valve().open();
    }
    RawDevice second = gateway.raw(door, version);
    second.publish(1, 1, "linli/access/" + door, with("\"id\":\"a\""));
    assertThat(second.read()).startsWith(0x40).containsSequence(0, 1);
    assertThat(gateway.running().kept(door)).hasSize(1);
  }

  static Stream<Integer> versions() {
    return Stream.of(4, 5);
  }

  private static void serves(RawDevice device, int packetId) throws IOException {
    device.publish(1, packetId, "linli/access/door-good", GOOD);
    assertThat(device.read()).startsWith(0x40).containsSequence(0, packetId);
  }

  private static String with(String more) {
    return "{\"type\":\"measurement\"," + more + "}";
  }

  private static String values(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "\"v%d\":%d".formatted(i, i))
        .collect(Collectors.joining(","));
  }

  private static byte[] invalidUtf8() {
    byte[] bytes = utf8(with("\"values\":{\"a\":\"?\"}"));
    bytes[bytes.length - 4] = (byte) 0xff;
    return bytes;
  }

  /** A PUBLISH at QoS 0 with nothing in it. */
  private static int[] publish(String topic) {
    int[] packet = new int[4 + topic.length()];
    packet[0] = 0x30;
    packet[1] = topic.length() + 2;
    packet[3] = topic.length();
    for (int i = 0; i < topic.length(); i++) {
      packet[4 + i] = topic.charAt(i);
    }
    return packet;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
