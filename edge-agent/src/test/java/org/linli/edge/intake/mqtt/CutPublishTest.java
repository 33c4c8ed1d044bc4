package org.linli.edge.intake.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.RefusalReason;

/** Messages that are too large, for the pictures in them or for something else. */
class CutPublishTest {

  private static final long HEAP = 256L << 20;
  private static final String TOPIC = "device/gate-1/message/up/ivs_result";
  private static final String TEXT = "{\"license\":\"OTM2022\",\"imageFile\":\"%s\",\"n\":%d}";

  private static final String LONG = "x".repeat(300);

  private final List<Message> messages = new ArrayList<>();
  private final MqttDoor door =
      LoneDoor.of(
          HEAP,
          message -> {
            messages.add(message);
            LoneDoor.take(message);
          });
  private final EmbeddedSocket socket = LoneDoor.connected(door, door.share(), "gate-1");

  @ParameterizedTest
  @CsvSource({
    "0, 70000, 700",
    "1, 70000, 1",
    "1, 3000000, 1400",
    "2, 100000, 65536",
    "1, 90000, 5000000"
  })
  void isReadWithoutThem(int qos, int picture, int piece) {
    byte[] small = text("", 1);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(publish(qos, 1, small));
    byte[] large = publish(qos, 2, text("A".repeat(picture), 2));
    bytes.writeBytes(large);
    bytes.writeBytes(publish(qos, 3, text("", 3)));

    socket.feed(bytes.toByteArray(), piece);
    socket.run();

    assertThat(messages).hasSize(3);
    assertThat(new String(messages.get(1).payload(), StandardCharsets.US_ASCII))
        .isEqualTo(TEXT.formatted("linli-cut-%010d".formatted(picture), 2));
    assertThat(messages.get(1).cut()).contains("was not kept");
    assertThat(messages.get(0).cut()).isNull();
    assertThat(messages.get(2).cut()).isNull();
    assertThat(messages.get(2).payload()).isEqualTo(text("", 3));
    assertThat(socket.sent()).hasSize(qos == 0 ? 0 : 3);
    assertThat(socket.isOpen()).isTrue();
    assertThat(socket.end()).isTrue();
  }

  @Test
  void isReadOverMqtt5Too() {
    EmbeddedSocket client = fifth();
    for (byte[] properties : List.of(new byte[] {0}, property("k", "v"), property("k", LONG))) {
      client.feed(publish(1, 7, text("A".repeat(90_000), 2), properties), 1_400);
      client.run();
    }

    assertThat(messages)
        .hasSize(3)
        .allSatisfy(
            message -> {
              assertThat(message.refusal()).isNull();
              assertThat(new String(message.payload(), StandardCharsets.US_ASCII))
                  .isEqualTo(TEXT.formatted("linli-cut-0000090000", 2));
            });
    assertThat(client.sent())
        .hasSize(3)
        .allSatisfy(sent -> assertThat(sent).startsWith(0x40).doesNotContain(0x97));
    assertThat(client.isOpen()).isTrue();
    assertThat(client.end()).isTrue();
  }

  /** The rest of the packet is passed over, so the client goes on. */
  @ParameterizedTest
  @CsvSource({"0, 1400", "1, 1400", "2, 65536", "1, 1", "1, 5000000"})
  void isADeadLetterThatCallsWhereItIsTooLargeAllTheSame(int qos, int piece) {
    byte[] large = ("[1,2],".repeat(40_000) + "{\"smoke\":true}").getBytes(StandardCharsets.UTF_8);
    socket.feed(publish(qos, 2, large), piece);
    socket.feed(publish(qos, 3, text("", 3)), piece);
    socket.run();

    assertThat(messages).hasSize(2);
    isTooLarge(messages.getFirst());
    assertThat(messages.getFirst().size()).isGreaterThanOrEqualTo(large.length);
    assertThat(new String(messages.getFirst().payload(), StandardCharsets.UTF_8))
        .isEqualTo("[1,2],".repeat(171).substring(0, 1_024) + "\nsmoke");
    assertThat(messages.get(1).payload()).isEqualTo(text("", 3));
    assertThat(socket.sent()).hasSize(qos == 0 ? 0 : 2);
    assertThat(socket.isOpen()).isTrue();
    assertThat(socket.end()).isTrue();
  }

  @Test
  void isAcknowledgedOnlyOnceItsDeadLetterIsOnDisk() {
    List<Message> waiting = new ArrayList<>();
    MqttDoor slow = LoneDoor.of(HEAP, waiting::add);
    EmbeddedSocket client = LoneDoor.connected(slow, slow.share(), "gate-2");

    client.feed(publish(1, 9, new byte[100_000]), 1_400);
    client.run();
    assertThat(client.sent()).isEmpty();

    waiting.getFirst().reply().refused(Objects.requireNonNull(waiting.getFirst().refusal()));
    waiting.getFirst().reply().flush();
    client.run();
    assertThat(client.sent()).containsExactly(new byte[] {0x40, 2, 0, 9});
    assertThat(client.end()).isTrue();
  }

  @Test
  void isToldToAClientOfMqtt5OnceItsDeadLetterIsOnDisk() {
    List<Message> waiting = new ArrayList<>();
    MqttDoor slow = LoneDoor.of(HEAP, waiting::add);
    EmbeddedSocket client = fifth(slow);

    client.feed(publish(1, 9, new byte[100_000], new byte[] {0}), 1_400);
    client.run();
    assertThat(client.sent()).isEmpty();

    waiting.getFirst().reply().refused(Objects.requireNonNull(waiting.getFirst().refusal()));
    waiting.getFirst().reply().flush();
    client.run();
    List<byte[]> sent = client.sent();
    assertThat(sent).hasSize(2);
    assertThat(sent.get(0)).startsWith(0x40).contains(0x97);
    assertThat(sent.get(1)).startsWith(0xe0).contains(0x95);
    assertThat(client.isOpen()).isFalse();
    assertThat(client.end()).isTrue();
  }

  @Test
  void isRefusedBeyondWhatAnyCameraSends() {
    byte[] topic = TOPIC.getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream beginning = new ByteArrayOutputStream();
    // A remaining length of 256 MB.
    beginning.writeBytes(
        new byte[] {0x32, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f, 0, (byte) topic.length});
    beginning.writeBytes(topic);
    beginning.writeBytes(new byte[] {0, 1});
    beginning.writeBytes("{\"sos\":true,\"picture\":\"AAAA".getBytes(StandardCharsets.US_ASCII));
    socket.feed(beginning.toByteArray(), 1_000);
    socket.run();

    assertThat(messages).singleElement().satisfies(this::isTooLarge);
    assertThat(new String(messages.getFirst().payload(), StandardCharsets.US_ASCII))
        .contains("\"sos\":true");
    assertThat(messages.getFirst().size()).isEqualTo(268_435_455);
    assertThat(socket.end()).isTrue();
  }

  @Test
  void isNotWaitedForWithoutEnd() {
    byte[] packet = publish(1, 1, text("A".repeat(3_000_000), 1));
    for (int from = 0; from < packet.length / 2; from += 100_000) {
      socket.feed(Arrays.copyOfRange(packet, from, from + 100_000), 100_000);
      socket.pass(Duration.ofSeconds(20));
      assertThat(socket.isOpen()).as("it sends on").isTrue();
    }
    socket.pass(Duration.ofSeconds(31));

    assertThat(socket.isOpen()).isFalse();
    assertThat(messages).isEmpty();
    assertThat(socket.end()).isTrue();
  }

  private void isTooLarge(Message message) {
    assertThat(message.refusal())
        .extracting(refusal -> refusal == null ? null : refusal.reason())
        .isEqualTo(RefusalReason.TOO_LARGE);
    assertThat(message.address().toString()).contains("gate-1");
  }

  private static byte[] text(String picture, int number) {
    return TEXT.formatted(picture, number).getBytes(StandardCharsets.US_ASCII);
  }

  private EmbeddedSocket fifth() {
    return fifth(door);
  }

  /** A client of MQTT 5 that was let in. */
  private static EmbeddedSocket fifth(MqttDoor at) {
    EmbeddedSocket client = new EmbeddedSocket(at);
    ByteArrayOutputStream connect = new ByteArrayOutputStream();
    connect.writeBytes(new byte[] {0, 4, 'M', 'Q', 'T', 'T', 5, 2, 0, 0, 0, 0, 4});
    connect.writeBytes("five".getBytes(StandardCharsets.US_ASCII));
    LoneDoor.feed(client, LoneDoor.packet(0x10, connect.toByteArray()));
    assertThat(client.sent()).singleElement().satisfies(sent -> assertThat(sent).startsWith(0x20));
    return client;
  }

  /** A user property, after its length: MQTT 5 section 3.3.2.3. */
  private static byte[] property(String name, String value) {
    ByteArrayOutputStream property = new ByteArrayOutputStream();
    property.write(0x26);
    for (String text : List.of(name, value)) {
      property.write(text.length() >> 8);
      property.write(text.length());
      property.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }
    byte[] packet = LoneDoor.packet(0, property.toByteArray());
    return Arrays.copyOfRange(packet, 1, packet.length);
  }

  private static byte[] publish(int qos, int packetId, byte[] payload) {
    return publish(qos, packetId, payload, new byte[0]);
  }

  /**
   * @param properties of MQTT 5, after their length
   */
  private static byte[] publish(int qos, int packetId, byte[] payload, byte[] properties) {
    byte[] topic = TOPIC.getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(new byte[] {0, (byte) topic.length});
    body.writeBytes(topic);
    body.writeBytes(qos == 0 ? new byte[0] : new byte[] {0, (byte) packetId});
    body.writeBytes(properties);
    body.writeBytes(payload);
    return LoneDoor.packet(0x30 | qos << 1, body.toByteArray());
  }
}
