package org.linli.edge.intake.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clients that never release what they sent at QoS 2; nothing but the door is there. */
class UnreleasedTest {

  private static final int MOST_EACH = LoneDoor.MOST_UNRELEASED;
  private static final long HEAP = 64L << 20;

  /** What such a heap leaves. */
  private static final long USABLE = 24 << 20;

  private static final int PUBREC = 0x50;
  private static final int PUBCOMP = 0x70;

  private final MqttDoor door = LoneDoor.of(HEAP, LoneDoor::take);

  @Test
  void clientsThatReleaseNothingHoldNoMoreTogetherThanThereIsForThem() {
    LoopShare share = door.share();
    EmbeddedSocket steady = connected(share, "steady");
    publish(steady, 1, 64);
    EmbeddedSocket releasing = connected(share, "releasing");
    publish(releasing, 1, 256);
    List<EmbeddedSocket> hostile = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      EmbeddedSocket one = connected(share, "hostile-" + i);
      publish(one, 1, MOST_EACH);
      assertThat(count(one, PUBREC)).isEqualTo(MOST_EACH);
      hostile.add(one);
      release(releasing, i + 1);
      publish(releasing, 257 + i, 1);
    }

    long left = hostile.stream().filter(EmbeddedSocket::isOpen).count();
    assertThat(left * 2 * MOST_EACH)
        .as("bytes of ids of the %d that are left", left)
        .isLessThanOrEqualTo(USABLE / 100)
        .isPositive();
    assertThat(hostile.getLast().isOpen()).as("the one that holds some for the shortest").isTrue();
    assertThat(steady.isOpen()).as("who has no more than there always is for him").isTrue();
    assertThat(releasing.isOpen()).as("who goes on releasing").isTrue();
    release(steady, 1);
    assertThat(count(steady, PUBCOMP)).isEqualTo(1);
  }

  private EmbeddedSocket connected(LoopShare share, String name) {
    return LoneDoor.connected(door, share, name);
  }

  private static void publish(EmbeddedSocket socket, int first, int number) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int id = first; id < first + number; id++) {
      bytes.writeBytes(new byte[] {0x34, 5, 0, 1, 't', (byte) (id >> 8), (byte) id});
    }
    LoneDoor.feed(socket, bytes.toByteArray());
  }

  private static void release(EmbeddedSocket socket, int id) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(new byte[] {0x62, 2, (byte) (id >> 8), (byte) id});
    LoneDoor.feed(socket, bytes.toByteArray());
  }

  private static int count(EmbeddedSocket socket, int type) {
    return (int) socket.sent().stream().filter(packet -> (packet[0] & 0xf0) == type).count();
  }
}
