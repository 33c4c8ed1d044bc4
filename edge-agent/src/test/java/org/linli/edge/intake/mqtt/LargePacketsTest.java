package org.linli.edge.intake.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.linli.edge.intake.Message;

/**
 * Clients that send what takes long to read, beside one that sends small messages. Only the door is
 * there; the time that reading takes is set by hand.
 */
class LargePacketsTest {

  private static final Duration DEAR = Duration.ofMillis(10);
  private static final Duration STEP = Duration.ofMillis(1);
  private static final int LARGE = 20_000;

  private final List<String> taken = new ArrayList<>();
  private final MqttDoor door = LoneDoor.of(1L << 30, this::take);
  private long now;
  private final LoopShare share =
      new LoopShare(
          door.share().held(),
          door.share().unreleased(),
          door.share().subscriptions(),
          door.share().pending(),
          new LargePackets(() -> now),
          door.share().answers());

  private void take(Message message) {
    taken.add(message.source());
    if (message.payload().length >= LARGE) {
      now += DEAR.toNanos();
    }
    LoneDoor.take(message);
  }

  @Test
  void takeNoMoreThanAQuarterOfTheLoop() {
    List<EmbeddedSocket> sockets = connected("dear", 20);
    sockets.forEach(socket -> publish(socket, LARGE, 40));

    long began = now;
    taken.clear();
    while (now - began < Duration.ofSeconds(4).toNanos()) {
      pass(sockets);
    }

    assertThat(taken.size() * DEAR.toNanos())
        .as("nanoseconds of 4 s in which large messages were read")
        .isBetween(Duration.ofMillis(800).toNanos(), Duration.ofMillis(1_050).toNanos());
    assertThat(sockets).allMatch(EmbeddedSocket::isOpen);
  }

  @Test
  void holdUpNobodyWhoSendsSmallOnes() {
    List<EmbeddedSocket> sockets = connected("dear", 20);
    EmbeddedSocket steady = connected("steady", 1).getFirst();
    sockets.forEach(socket -> publish(socket, LARGE, 5));

    for (int i = 0; i < 100; i++) {
      pass(sockets);
      taken.clear();
      publish(steady, 10, 1);
      assertThat(taken).as("taken at once").hasSize(1);
    }
  }

  @Test
  void haveTheirTurnsSoThatWhoSendsOneNowAndThenIsNext() {
    List<EmbeddedSocket> sockets = connected("dear", 20);
    EmbeddedSocket camera = connected("camera", 1).getFirst();
    sockets.forEach(socket -> publish(socket, LARGE, 5));
    List<EmbeddedSocket> all = new ArrayList<>(sockets);
    all.add(camera);
    for (int i = 0; i < 21 * 30; i++) {
      pass(sockets);
    }

    taken.clear();
    publish(camera, LARGE, 1);
    for (int i = 0; i < 50; i++) {
      pass(all);
    }

    assertThat(taken.subList(0, 2)).anyMatch(source -> source.contains("camera"));
  }

  @Test
  void giveWhoComesAgainAndAgainNoTurnBeforeWhoStays() {
    EmbeddedSocket steady = connected("steady", 1).getFirst();
    publish(steady, LARGE, 1);
    publish(steady, LARGE, 1);
    taken.clear();
    List<EmbeddedSocket> all = new ArrayList<>(List.of(steady));
    for (int i = 0; i < 40; i++) {
      EmbeddedSocket newcomer = connected("newcomer" + i, 1).getFirst();
      publish(newcomer, LARGE, 1);
      all.add(newcomer);
      pass(all);
    }

    assertThat(taken.getFirst()).contains("steady");
  }

  @Test
  void areReadInTheirOrderAmongSmallOnes() {
    EmbeddedSocket first = connected("first", 1).getFirst();
    EmbeddedSocket mixed = connected("mixed", 1).getFirst();
    publish(first, LARGE, 1);
    List<Integer> sizes = new ArrayList<>();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int size : new int[] {10, LARGE, 11, LARGE + 1, 12}) {
      bytes.writeBytes(publish(size, 1 + sizes.size()));
      sizes.add(size);
    }
    taken.clear();

    mixed.feed(bytes.toByteArray(), 700);
    for (int i = 0; i < 200; i++) {
      pass(List.of(first, mixed));
    }

    assertThat(mixed.sent())
        .extracting(packet -> packet[3] & 0xff)
        .as("packet ids of the PUBACKs")
        .containsExactly(1, 2, 3, 4, 5);
  }

  @Test
  void ofThoseThatLeaveWaitForNothing() {
    List<EmbeddedSocket> sockets = connected("dear", 3);
    sockets.forEach(socket -> publish(socket, LARGE, 1));
    assertThat(share.large().waiting()).isEqualTo(2);

    sockets.get(1).goesAway();
    assertThat(share.large().waiting()).isEqualTo(1);
    sockets.get(2).goesAway();
    assertThat(share.large().waiting()).isZero();
  }

  @Test
  void haveTheirTurnsAlsoAfterOneThatFails() {
    LargePackets large = new LargePackets(() -> now);
    EmbeddedSocket socket = connected("any", 1).getFirst();
    List<String> turns = new ArrayList<>();
    LargePackets.Turns failing =
        large.of(
            () -> {
              throw new IllegalStateException("a defect");
            });
    LargePackets.Turns next = large.of(() -> turns.add("next"));
    large.of(() -> {}).read(now - DEAR.toNanos());
    assertThat(failing.mayRead(socket.channel().executor())).isFalse();
    assertThat(next.mayRead(socket.channel().executor())).isFalse();

    for (int i = 0; i < 50; i++) {
      pass(List.of(socket));
    }

    assertThat(turns).containsExactly("next");
  }

  private void pass(List<EmbeddedSocket> sockets) {
    now += STEP.toNanos();
    sockets.forEach(socket -> socket.pass(STEP));
  }

  private List<EmbeddedSocket> connected(String name, int number) {
    List<EmbeddedSocket> sockets = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      sockets.add(LoneDoor.connected(door, share, number == 1 ? name : name + i));
    }
    return sockets;
  }

  private static void publish(EmbeddedSocket socket, int size, int number) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int id = 1; id <= number; id++) {
      bytes.writeBytes(publish(size, id));
    }
    socket.feed(bytes.toByteArray(), 100_000);
    socket.run();
  }

  /** A PUBLISH at QoS 1 with so many bytes of payload. */
  private static byte[] publish(int size, int id) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(new byte[] {0, 1, 't', (byte) (id >> 8), (byte) id});
    body.writeBytes(new byte[size]);
    return LoneDoor.packet(0x32, body.toByteArray());
  }
}
