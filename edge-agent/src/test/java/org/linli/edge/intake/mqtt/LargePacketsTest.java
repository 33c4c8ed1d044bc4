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
          door.share().strangers(),
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
    List<EmbeddedLine> lines = connected("dear", 20);
    lines.forEach(line -> publish(line, LARGE, 40));

    long began = now;
    taken.clear();
    while (now - began < Duration.ofSeconds(4).toNanos()) {
      pass(lines);
    }

    assertThat(taken.size() * DEAR.toNanos())
        .as("nanoseconds of 4 s in which large messages were read")
        .isBetween(Duration.ofMillis(800).toNanos(), Duration.ofMillis(1_050).toNanos());
    assertThat(lines).allMatch(EmbeddedLine::isOpen);
  }

  @Test
  void holdUpNobodyWhoSendsSmallOnes() {
    List<EmbeddedLine> lines = connected("dear", 20);
    EmbeddedLine steady = connected("steady", 1).getFirst();
    lines.forEach(line -> publish(line, LARGE, 5));

    for (int i = 0; i < 100; i++) {
      pass(lines);
      taken.clear();
      publish(steady, 10, 1);
      assertThat(taken).as("taken at once").hasSize(1);
    }
  }

  @Test
  void haveTheirTurnsSoThatWhoSendsOneNowAndThenIsNext() {
    List<EmbeddedLine> lines = connected("dear", 20);
    EmbeddedLine camera = connected("camera", 1).getFirst();
    lines.forEach(line -> publish(line, LARGE, 5));
    List<EmbeddedLine> all = new ArrayList<>(lines);
    all.add(camera);
    for (int i = 0; i < 21 * 30; i++) {
      pass(lines);
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
    EmbeddedLine steady = connected("steady", 1).getFirst();
    publish(steady, LARGE, 1);
    publish(steady, LARGE, 1);
    taken.clear();
    List<EmbeddedLine> all = new ArrayList<>(List.of(steady));
    for (int i = 0; i < 40; i++) {
      EmbeddedLine newcomer = connected("newcomer" + i, 1).getFirst();
      publish(newcomer, LARGE, 1);
      all.add(newcomer);
      pass(all);
    }

    assertThat(taken.getFirst()).contains("steady");
  }

  @Test
  void areReadInTheirOrderAmongSmallOnes() {
    EmbeddedLine first = connected("first", 1).getFirst();
    EmbeddedLine mixed = connected("mixed", 1).getFirst();
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
    List<EmbeddedLine> lines = connected("dear", 3);
    lines.forEach(line -> publish(line, LARGE, 1));
    assertThat(share.large().waiting()).isEqualTo(2);

    lines.get(1).goesAway();
    assertThat(share.large().waiting()).isEqualTo(1);
    lines.get(2).goesAway();
    assertThat(share.large().waiting()).isZero();
  }

  @Test
  void haveTheirTurnsAlsoAfterOneThatFails() {
    LargePackets large = new LargePackets(() -> now);
    EmbeddedLine line = connected("any", 1).getFirst();
    List<String> turns = new ArrayList<>();
    LargePackets.Turns failing =
        large.of(
            () -> {
              throw new IllegalStateException("a defect");
            });
    LargePackets.Turns next = large.of(() -> turns.add("next"));
    large.of(() -> {}).read(now - DEAR.toNanos());
    assertThat(failing.mayRead(line.channel().executor())).isFalse();
    assertThat(next.mayRead(line.channel().executor())).isFalse();

    for (int i = 0; i < 50; i++) {
      pass(List.of(line));
    }

    assertThat(turns).containsExactly("next");
  }

  private void pass(List<EmbeddedLine> lines) {
    now += STEP.toNanos();
    lines.forEach(line -> line.pass(STEP));
  }

  private List<EmbeddedLine> connected(String name, int number) {
    List<EmbeddedLine> lines = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      lines.add(LoneDoor.connected(door, share, number == 1 ? name : name + i));
    }
    return lines;
  }

  private static void publish(EmbeddedLine line, int size, int number) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int id = 1; id <= number; id++) {
      bytes.writeBytes(publish(size, id));
    }
    line.feed(bytes.toByteArray(), 100_000);
    line.run();
  }

  /** A PUBLISH at QoS 1 with so many bytes of payload. */
  private static byte[] publish(int size, int id) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(new byte[] {0, 1, 't', (byte) (id >> 8), (byte) id});
    body.writeBytes(new byte[size]);
    return LoneDoor.packet(0x32, body.toByteArray());
  }
}
