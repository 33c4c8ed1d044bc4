package org.linli.edge.intake.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.linli.edge.intake.DeviceSessions;
import org.linli.edge.intake.DoorMemory;
import org.linli.edge.intake.Intake;
import org.linli.edge.intake.ListenerSettings;
import org.linli.edge.intake.LoopbackRule;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.Refusals;
import org.linli.edge.profile.life.LifeWordSearch;
import org.linli.program.thread.LivingThreads;
import org.springframework.util.unit.DataSize;

/**
 * The MQTT door with nothing behind it and no socket, for clients that are {@link EmbeddedSocket}.
 */
final class LoneDoor {

  /** QoS 2 ids that a client may leave unreleased. */
  static final int MOST_UNRELEASED = 1_024;

  private static final int MOST_SUBSCRIPTIONS = 100;

  private LoneDoor() {}

  /**
   * @param heap what it reckons its limits from, in bytes
   */
  static MqttDoor of(long heap, Intake intake) {
    return of(heap, 1, intake);
  }

  static MqttDoor of(long heap, int eventLoops, Intake intake) {
    return of(heap, eventLoops, intake, new NoSessions());
  }

  static MqttDoor of(long heap, int eventLoops, Intake intake, DeviceSessions sessions) {
    return of(heap, eventLoops, intake, sessions, new LivingThreads(InstantSource.system()));
  }

  static MqttDoor of(
      long heap, int eventLoops, Intake intake, DeviceSessions sessions, LivingThreads threads) {
    return new MqttDoor(
        new MqttSettings(
            "127.0.0.1",
            0,
            DataSize.ofKilobytes(64),
            64,
            DataSize.ofKilobytes(64),
            0,
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofHours(1),
            10,
            MOST_UNRELEASED,
            DataSize.ofBytes(64),
            MOST_SUBSCRIPTIONS,
            null,
            eventLoops),
        new LoopbackRule(new ListenerSettings(false)),
        intake,
        sessions,
        new OneForEach(),
        (connection, why) -> {},
        new DoorMemory(heap),
        () -> Instant.EPOCH,
        threads,
        new Refusals(new SimpleMeterRegistry()),
        new LifeWordSearch());
  }

  /** What the outbox does once a message is on disk. */
  static void take(Message message) {
    message.reply().taken();
    message.reply().flush();
  }

  /** A client of MQTT 3.1.1 with Clean Session that was let in. */
  static EmbeddedSocket connected(MqttDoor door, LoopShare share, String clientId) {
    return connected(door, share, clientId, 2);
  }

  /**
   * @param flags of CONNECT: MQTT 3.1.1 section 3.1.2.3
   */
  static EmbeddedSocket connected(MqttDoor door, LoopShare share, String clientId, int flags) {
    EmbeddedSocket socket = new EmbeddedSocket(door, share);
    feed(socket, connect(clientId, flags, 0));
    assertThat(socket.sent()).singleElement().isEqualTo(new byte[] {0x20, 2, 0, 0});
    return socket;
  }

  /**
   * CONNECT of MQTT 3.1.1.
   *
   * @param keepAlive in seconds, below 256
   */
  static byte[] connect(String clientId, int flags, int keepAlive) {
    byte[] id = clientId.getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(
        new byte[] {
          0, 4, 'M', 'Q', 'T', 'T', 4, (byte) flags, 0, (byte) keepAlive, 0, (byte) id.length
        });
    body.writeBytes(id);
    return packet(0x10, body.toByteArray());
  }

  /** A packet with its length: MQTT 5 section 2.1.4. */
  static byte[] packet(int first, byte[] body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(first);
    for (int left = body.length; left > 0; left >>= 7) {
      bytes.write(left > 0x7f ? left & 0x7f | 0x80 : left);
    }
    bytes.writeBytes(body);
    return bytes.toByteArray();
  }

  static void feed(EmbeddedSocket socket, byte[] bytes) {
    socket.feed(bytes, 700);
    socket.run();
  }
}
