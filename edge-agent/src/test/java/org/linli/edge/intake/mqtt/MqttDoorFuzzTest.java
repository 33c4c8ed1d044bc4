package org.linli.edge.intake.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.linli.edge.intake.DoorMemory;
import org.linli.edge.intake.ListenerSettings;
import org.linli.edge.intake.LoopbackRule;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.intake.Refusals;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.KnownDevices;
import org.linli.edge.profile.Profiles;
import org.linli.edge.profile.TestProfiles;
import org.linli.edge.profile.life.LifeWordSearch;
import org.linli.program.thread.LivingThreads;
import org.slf4j.LoggerFactory;
import org.springframework.util.unit.DataSize;

/**
 * Looks for bytes that the MQTT door cannot stand: through the decoder, the timer and the
 * connection, with everything behind them in memory. Each input comes as the first bytes of a
 * connection and after a CONNECT of both versions, in one piece and in small ones. The build runs
 * it with {@code JAZZER_FUZZ=1}; anywhere else it tries the kept inputs only.
 */
@Isolated("its agent sees every class")
class MqttDoorFuzzTest {

  private static final Instant NOW = Instant.parse("2026-11-23T05:16:01.500Z");
  private static final Duration LONG = Duration.ofSeconds(31);
  private static final int LIMIT = 1_024;
  private static final int MOST_PIECES = 64;
  private static final int PUBACK = 0x40;
  private static final int PUBREC = 0x50;

  /** Clean session, no keep-alive, client id {@code d}; in MQTT 5 with a session of an hour. */
  private static final List<byte[]> BEGINNINGS =
      List.of(
          new byte[0],
          HexFormat.of().parseHex("100d00044d5154540402000000" + "0164"),
          HexFormat.of().parseHex("101300044d5154540500000005110000" + "0e10000164"));

  private static final MqttSettings SETTINGS =
      new MqttSettings(
          "127.0.0.1",
          0,
          DataSize.ofBytes(LIMIT),
          4,
          DataSize.ofKilobytes(1),
          10,
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofHours(1),
          10,
          6,
          DataSize.ofBytes(64),
          3,
          null,
          1);

  private final Profiles profiles = TestProfiles.profiles(KnownDevices.NONE);
  private Consumer<Message> disk = message -> {};
  private final MqttDoor door =
      new MqttDoor(
          SETTINGS,
          new LoopbackRule(new ListenerSettings(false)),
          message -> disk.accept(message),
          new NoSessions(),
          new OneForEach(),
          (connection, why) -> {},
          new DoorMemory(128L << 20),
          () -> NOW,
          new LivingThreads(InstantSource.system()),
          new Refusals(new SimpleMeterRegistry()),
          new LifeWordSearch());

  @BeforeAll
  static void logsOnlyWhatWouldBeAFault() {
    ((Logger) LoggerFactory.getLogger("org.linli.edge.intake.mqtt")).setLevel(Level.WARN);
  }

  /** A timer would hold whoever is gone, and a will of his, until it comes to its end. */
  @Test
  void keepsNoTimerOfAClientThatHasSaidWhoItIsOrIsGone() {
    for (byte[] beginning : BEGINNINGS) {
      EmbeddedSocket socket = new EmbeddedSocket(door);
      socket.feed(beginning, Math.max(1, beginning.length));
      socket.run();
      assertThat(socket.hasTimer()).isEqualTo(beginning.length == 0);
      socket.goesAway();
      assertThat(socket.hasTimer()).isFalse();
      socket.end();
    }
  }

  @FuzzTest(maxDuration = "4s")
  void servesOrClosesWhateverTheBytesAre(byte[] bytes) {
    for (byte[] beginning : BEGINNINGS) {
      byte[] all = new byte[beginning.length + bytes.length];
      System.arraycopy(beginning, 0, all, 0, beginning.length);
      System.arraycopy(bytes, 0, all, beginning.length, bytes.length);
      serve(all, Math.max(1, all.length));
      serve(all, 1 + all.length / MOST_PIECES);
      waitForTheDisk(all);
    }
  }

  /** With a disk that answers at once. */
  private void serve(byte[] bytes, int pieces) {
    List<Message> stored = new ArrayList<>();
    disk =
        message -> {
          stored.add(message);
          answer(message);
        };
    EmbeddedSocket socket = new EmbeddedSocket(door);
    socket.feed(bytes, pieces);
    socket.run();
    List<byte[]> sent = socket.sent();
    assertThat(count(sent, PUBACK)).isLessThanOrEqualTo(stored.size());
    socket.pass(LONG);
    if (socket.isOpen()) {
      assertThat(isWhole(bytes)).as("open although what came is malformed or no whole").isTrue();
    }
    assertThat(stored)
        .filteredOn(MqttDoorFuzzTest::isCalledTooLarge)
        .allMatch(message -> hasTooLarge(bytes));
    end(socket, sent);
  }

  /** With a disk that answers when everything has come: nothing is acknowledged before. */
  private void waitForTheDisk(byte[] bytes) {
    List<Message> waiting = new ArrayList<>();
    disk = waiting::add;
    EmbeddedSocket socket = new EmbeddedSocket(door);
    socket.feed(bytes, Math.max(1, bytes.length));
    socket.run();
    List<byte[]> before = socket.sent();
    assertThat(count(before, PUBACK)).as("acknowledged before the disk").isZero();
    assertThat(count(before, PUBREC)).as("acknowledged before the disk").isZero();
    int answered = 0;
    List<byte[]> after = new ArrayList<>();
    while (answered < waiting.size()) {
      answer(waiting.get(answered++));
      socket.run();
      after.addAll(socket.sent());
      assertThat(count(after, PUBACK)).isLessThanOrEqualTo(answered);
    }
    end(socket, before);
  }

  private static void end(EmbeddedSocket socket, List<byte[]> sent) {
    assertThat(sent).allMatch(EmbeddedSocket::isWhole);
    assertThat(socket.thrown()).as("what a handler threw").isNull();
    assertThat(socket.end()).as("every byte is let go of").isTrue();
  }

  private void answer(Message message) {
    switch (profiles.interpret(message)) {
      case Interpreted.PassedOver passed -> passed.message().reply().taken();
      case Interpreted.Understood understood -> understood.message().reply().taken();
      case Interpreted.Refused refused -> refused.message().reply().refused(refused.refusal());
    }
    message.reply().flush();
  }

  /** Acknowledgements that say yes, as MQTT 3.1.1 can only; MQTT 5 has a reason code at the end. */
  private static int count(List<byte[]> packets, int type) {
    return (int)
        packets.stream()
            .filter(packet -> (packet[0] & 0xf0) == type)
            .filter(packet -> packet.length < 5 || packet[4] >= 0)
            .count();
  }

  private static boolean isCalledTooLarge(Message message) {
    return message.refusal() != null && message.refusal().reason() == RefusalReason.TOO_LARGE;
  }

  private static boolean hasTooLarge(byte[] bytes) {
    return EmbeddedSocket.packets(bytes).stream()
        .anyMatch(packet -> packet.length > LIMIT || !EmbeddedSocket.isWhole(packet));
  }

  /** Whether these are whole packets that can be read, by a decoder that has nothing around it. */
  private static boolean isWhole(byte[] bytes) {
    EmbeddedChannel reader =
        new EmbeddedChannel(new MqttDecoder(SETTINGS.largestRest(), Session.LONGEST_CLIENT_ID));
    reader.writeInbound(Unpooled.copiedBuffer(bytes));
    List<byte[]> packets = EmbeddedSocket.packets(bytes);
    boolean whole = packets.stream().allMatch(EmbeddedSocket::isWhole);
    int read = 0;
    for (MqttMessage next = reader.readInbound(); next != null; next = reader.readInbound()) {
      whole &= next.decoderResult().isSuccess() && (read > 0 || next instanceof MqttConnectMessage);
      read++;
      ReferenceCountUtil.release(next);
    }
    reader.finishAndReleaseAll();
    return whole && read > 0 && read == packets.size();
  }
}
