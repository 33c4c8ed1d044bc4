package org.linli.edge.intake.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.RefusalReason;

/** Messages of MQTT 3.1.1 that are too large for the pictures in them. */
class CutPublishTest {

  private static final long HEAP = 256L << 20;
  private static final String TOPIC = "device/gate-1/message/up/ivs_result";
  private static final String TEXT = "{\"license\":\"OTM2022\",\"imageFile\":\"%s\",\"n\":%d}";

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
  void isRefusedWhereItIsTooLargeAllTheSame() {
    socket.feed(publish(1, 1, "[1,2],".repeat(40_000).getBytes(StandardCharsets.US_ASCII)), 1_400);
    socket.run();

    assertThat(messages).singleElement().satisfies(this::isTooLarge);
    assertThat(socket.end()).isTrue();
  }

  @Test
  void isRefusedBeyondWhatAnyCameraSends() {
    byte[] beginning =
        Arrays.copyOf(LoneDoor.packet(0x32, text("A".repeat(CutPublish.MOST), 1)), 1_000);
    socket.feed(beginning, 1_000);
    socket.run();

    assertThat(messages).singleElement().satisfies(this::isTooLarge);
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

  private static byte[] publish(int qos, int packetId, byte[] payload) {
    byte[] topic = TOPIC.getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(new byte[] {0, (byte) topic.length});
    body.writeBytes(topic);
    body.writeBytes(qos == 0 ? new byte[0] : new byte[] {0, (byte) packetId});
    body.writeBytes(payload);
    return LoneDoor.packet(0x30 | qos << 1, body.toByteArray());
  }
}
