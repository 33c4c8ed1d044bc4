package org.linli.edge.intake.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.linli.edge.intake.Message;

/** Which silence of a client ends its connection: MQTT 5 section 3.1.2.10. */
class KeepAliveTest {

  private static final int CLEAN = 2;
  private static final int KEEP_ALIVE = 10;

  /** Messages of a client that wait for the disk when reading stops. */
  private static final int IN_FLIGHT = 64;

  private static final byte[] PING = {(byte) 0xc0, 0};
  private static final Duration NEARLY = Duration.ofMillis(14_900);
  private static final Duration A_LITTLE = Duration.ofMillis(200);

  private final List<Message> onTheirWay = new ArrayList<>();
  private final MqttDoor door = LoneDoor.of(64L << 20, onTheirWay::add);
  private final EmbeddedSocket client = new EmbeddedSocket(door);

  private void connect() {
    LoneDoor.feed(client, LoneDoor.connect("meter-1", CLEAN, KEEP_ALIVE));
  }

  @Test
  void endsAConnectionAfterOneAndAHalfTimesTheKeepAlive() {
    connect();
    client.pass(NEARLY);
    LoneDoor.feed(client, PING);
    client.pass(NEARLY);
    assertThat(client.isOpen()).isTrue();

    client.pass(A_LITTLE);
    assertThat(client.isOpen()).isFalse();
  }

  @Test
  void takesHalfAPacketForNoSign() {
    connect();
    client.pass(NEARLY);
    LoneDoor.feed(client, new byte[] {PING[0]});

    client.pass(A_LITTLE);
    assertThat(client.isOpen()).isFalse();
  }

  @Test
  void doesNotCountTheTimeInWhichTheDoorDoesNotRead() {
    connect();
    ByteArrayOutputStream many = new ByteArrayOutputStream();
    for (int id = 1; id <= IN_FLIGHT + 1; id++) {
      many.writeBytes(new byte[] {0x32, 5, 0, 1, 't', (byte) (id >> 8), (byte) id});
    }
    LoneDoor.feed(client, many.toByteArray());
    assertThat(client.isRead()).as("reading stops").isFalse();
    client.pass(NEARLY);
    List.copyOf(onTheirWay).forEach(LoneDoor::take);
    client.run();
    assertThat(client.isRead()).isTrue();

    client.pass(A_LITTLE);
    assertThat(client.isOpen()).as("it could not be heard before").isTrue();
    client.pass(NEARLY);
    assertThat(client.isOpen()).isFalse();
  }
}
