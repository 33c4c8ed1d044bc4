package org.linli.edge.intake.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.linli.edge.intake.DoorMemory;
import org.linli.edge.intake.ListenerSettings;
import org.linli.edge.intake.PlainText;
import org.linli.event.Kind;
import org.linli.program.thread.LivingThreads;
import org.springframework.util.unit.DataSize;

/** Clients that subscribe to all that each may read; nothing but the door is there. */
class ManySubscriptionsTest {

  private static final int MOST_EACH = 100;
  private static final long HEAP = 64L << 20;

  /** What such a heap leaves. */
  private static final long USABLE = 24 << 20;

  private static final int SUBACK = 0x90;

  private final MqttDoor door =
      new MqttDoor(
          new MqttSettings(
              "127.0.0.1",
              0,
              DataSize.ofKilobytes(8),
              64,
              DataSize.ofKilobytes(64),
              0,
              Duration.ofSeconds(10),
              Duration.ofSeconds(30),
              Duration.ofHours(1),
              10,
              MOST_EACH,
              DataSize.ofBytes(64),
              MOST_EACH,
              null,
              1),
          new PlainText(new ListenerSettings(false)),
          message -> message.reply().taken(),
          new NoSessions(),
          new OneForEach(),
          (connection, why) -> {},
          new DoorMemory(HEAP),
          () -> Instant.EPOCH,
          new LivingThreads(InstantSource.system()));

  @Test
  void haveNoMoreOfThemTogetherThanThereIsRoomFor() {
    LoopShare share = door.share();
    EmbeddedLine device = connected(share, "device");
    subscribe(device, "device", Kind.ACCESS);
    List<EmbeddedLine> hostile = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      EmbeddedLine one = connected(share, "hostile-" + i);
      subscribe(one, "hostile-" + i, Kind.values());
      hostile.add(one);
    }

    long left = hostile.stream().filter(EmbeddedLine::isOpen).count();
    assertThat(left * (Kind.values().length - 1) * DoorMemory.MQTT_SUBSCRIPTION)
        .as("bytes of subscriptions of the %d that are left", left)
        .isLessThanOrEqualTo(USABLE / 40)
        .isPositive();
    assertThat(hostile.getLast().isOpen()).as("the one that has them for the shortest").isTrue();
    assertThat(device.isOpen()).as("who has no more than one").isTrue();
    hostile.forEach(EmbeddedLine::end);
    assertThat(share.subscriptions().held()).as("once they are gone").isZero();
  }

  private EmbeddedLine connected(LoopShare share, String name) {
    EmbeddedLine line = new EmbeddedLine(door, share);
    byte[] id = name.getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(0x10);
    bytes.write(12 + id.length);
    bytes.writeBytes(new byte[] {0, 4, 'M', 'Q', 'T', 'T', 4, 2, 0, 0, 0, (byte) id.length});
    bytes.writeBytes(id);
    feed(line, bytes);
    assertThat(line.sent()).singleElement().isEqualTo(new byte[] {0x20, 2, 0, 0});
    return line;
  }

  private static void subscribe(EmbeddedLine line, String name, Kind... kinds) {
    ByteArrayOutputStream filters = new ByteArrayOutputStream();
    for (Kind kind : kinds) {
      byte[] filter =
          "linli/%s/%s/command"
              .formatted(kind.wireName(), name)
              .getBytes(StandardCharsets.US_ASCII);
      filters.writeBytes(new byte[] {0, (byte) filter.length});
      filters.writeBytes(filter);
      filters.write(1);
    }
    int rest = 2 + filters.size();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(0x82);
    for (int left = rest; left > 0; left >>= 7) {
      bytes.write(left > 0x7f ? left & 0x7f | 0x80 : left);
    }
    bytes.writeBytes(new byte[] {0, 1});
    bytes.writeBytes(filters.toByteArray());
    feed(line, bytes);
    if (line.isOpen()) {
      assertThat(line.sent()).anyMatch(packet -> (packet[0] & 0xf0) == SUBACK);
    }
  }

  private static void feed(EmbeddedLine line, ByteArrayOutputStream bytes) {
    line.feed(bytes.toByteArray(), 700);
    line.run();
  }
}
