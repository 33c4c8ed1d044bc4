package org.linli.edge.intake.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.linli.edge.intake.DoorMemory;
import org.linli.event.Kind;

/** Clients that subscribe to all that each may read; nothing but the door is there. */
class ManySubscriptionsTest {

  private static final long HEAP = 64L << 20;

  /** What such a heap leaves. */
  private static final long USABLE = 24 << 20;

  private static final int SUBACK = 0x90;

  private final MqttDoor door = LoneDoor.of(HEAP, LoneDoor::take);
  private final LoopShare share = door.share();

  @Test
  void haveNoMoreOfThemTogetherThanThereIsRoomFor() {
    EmbeddedSocket device = LoneDoor.connected(door, share, "device");
    subscribe(device, "device", Kind.ACCESS);
    List<EmbeddedSocket> hostile = crowd(200);

    long left = hostile.stream().filter(EmbeddedSocket::isOpen).count();
    assertThat(left * (Kind.values().length - 1) * DoorMemory.MQTT_SUBSCRIPTION)
        .as("bytes of subscriptions of the %d that are left", left)
        .isLessThanOrEqualTo(USABLE / 40)
        .isPositive();
    assertThat(hostile.getLast().isOpen()).as("the one that has them for the shortest").isTrue();
    assertThat(device.isOpen()).as("who has no more than one").isTrue();
    hostile.forEach(EmbeddedSocket::end);
    assertThat(share.subscriptions().held()).as("once they are gone").isZero();
    assertThat(door.subscribers().devices()).as("whose commands are wanted still").isEqualTo(1);
  }

  @Test
  void leaveNothingBehindWhereTheOneThatAsksHasToGoItself() {
    LoopShare small =
        new LoopShare(
            share.held(),
            share.unreleased(),
            new HeldBytes(10L * DoorMemory.MQTT_SUBSCRIPTION),
            share.pending(),
            share.large(),
            share.answers());
    EmbeddedSocket first = LoneDoor.connected(door, small, "first");
    subscribe(first, "first", Kind.ACCESS, Kind.CAMERA);
    EmbeddedSocket second = LoneDoor.connected(door, small, "second");
    subscribe(second, "second", Kind.values());

    subscribe(first, "first", Kind.values());

    assertThat(first.isOpen()).isFalse();
    assertThat(second.isOpen()).isTrue();
    assertThat(door.subscribers().devices()).isEqualTo(Kind.values().length);
    second.goesAway();
    assertThat(door.subscribers().devices()).as("whose commands are wanted still").isZero();
  }

  private List<EmbeddedSocket> crowd(int number) {
    List<EmbeddedSocket> sockets = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      EmbeddedSocket one = LoneDoor.connected(door, share, "hostile-" + i);
      subscribe(one, "hostile-" + i, Kind.values());
      sockets.add(one);
    }
    return sockets;
  }

  private static void subscribe(EmbeddedSocket socket, String name, Kind... kinds) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(new byte[] {0, 1});
    for (Kind kind : kinds) {
      byte[] filter =
          "linli/%s/%s/command"
              .formatted(kind.wireName(), name)
              .getBytes(StandardCharsets.US_ASCII);
      body.writeBytes(new byte[] {0, (byte) filter.length});
      body.writeBytes(filter);
      body.write(1);
    }
    LoneDoor.feed(socket, LoneDoor.packet(0x82, body.toByteArray()));
    if (socket.isOpen()) {
      assertThat(socket.sent()).anyMatch(packet -> (packet[0] & 0xf0) == SUBACK);
    }
  }
}
