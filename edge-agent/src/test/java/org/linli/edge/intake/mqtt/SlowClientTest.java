package org.linli.edge.intake.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.intake.mqtt.RawDevice.Connect;

/** Those who take their time, or never say what they came for. */
class SlowClientTest {

  private static final int MOST = 4;
  private static final int MOST_SENT = 8 << 20;

  @RegisterExtension
  static final MqttGateway gateway =
      new MqttGateway(
          "--linli.mqtt.connect-timeout=1s",
          "--linli.mqtt.packet-timeout=1s",
          "--linli.mqtt.max-connections=" + MOST);

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  void closesAConnectionThatNeverSpeaks(int version) throws IOException {
    assertThat(gateway.mute(version).read()).isEmpty();
  }

  @Test
  void closesAConnectionWhoseConnectComesByteByByte() throws IOException {
    RawDevice slow = gateway.mute(4);
    assertThat(sentByteByByte(slow, 0x10, 60, 0, 4, 'M', 'Q', 'T', 'T', 4, 2, 0, 0, 0, 40))
        .as("each byte is a sign of life, and no CONNECT")
        .isTrue();
    assertThat(slow.read()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  void closesAConnectionWhosePacketDoesNotComeToItsEnd(int version) throws IOException {
    RawDevice slow = gateway.raw("slow-" + version, version);
    slow.send(0x32, 100, 0, 3, 'a');
    int[] answer = slow.read();
    if (version == 5) {
      assertThat(answer).startsWith(0xe0).contains(0x83);
    } else {
      assertThat(answer).isEmpty();
    }
  }

  @Test
  void closesAConnectionWhosePacketComesByteByByte() throws IOException {
    RawDevice slow = gateway.raw("drip");
    assertThat(sentByteByByte(slow, 0x30, 40, 0, 3, 'a', '/', 'b', 1, 1, 1, 1, 1, 1, 1, 1))
        .isTrue();
    assertThat(slow.read()).isEmpty();
  }

  @Test
  void closesAClientThatTakesNoAnswers() throws IOException {
    try (DeafClient deaf = new DeafClient(gateway.running().mqttPort(), "takes-nothing")) {
      await()
          .pollInterval(Duration.ofMillis(1))
          .atMost(Duration.ofSeconds(30))
          .until(() -> isClosed(deaf));
    }
  }

  private static boolean isClosed(DeafClient client) {
    try {
      boolean _ = client.sent() < MOST_SENT && client.sends(Duration.ofMillis(100));
      return false;
    } catch (IOException closed) {
      return true;
    }
  }

  @Test
  void hasPatienceWithPacketsThatComeInPieces() throws IOException {
    RawDevice device = gateway.raw("pieces");
    // A whole PINGREQ and the first byte of another, again and again, for longer than one may take.
    AtomicInteger pings = new AtomicInteger();
    await()
        .pollInterval(Duration.ofMillis(300))
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              device.send(0xc0);
              device.send(0, 0xc0, 0);
              assertThat(device.read()).containsExactly(0xd0, 0);
              assertThat(device.read()).containsExactly(0xd0, 0);
              return pings.incrementAndGet() == 8;
            });
  }

  @Test
  void givesThePlaceOfWhoSaidNothingForTheLongestToWhoComesBeyondTheLimit() throws IOException {
    List<RawDevice> inside = new ArrayList<>();
    for (int i = 0; i < MOST; i++) {
      inside.add(gateway.raw("inside-" + i));
    }
    assertThat(gateway.raw(new Connect(4, "one-more")).read()).containsExactly(0x20, 2, 0, 0);
    assertThat(inside.getFirst().read()).isEmpty();
    assertThat(gateway.raw(new Connect(5, "another")).read()).startsWith(0x20).contains(0);
    assertThat(inside.get(1).read()).isEmpty();
    List<RawDevice> mute = new ArrayList<>();
    for (int i = 0; i < 2 * MOST; i++) {
      mute.add(gateway.mute(4));
    }
    for (RawDevice silent : mute) {
      assertThat(silent.read()).as("closed at once, or after the connect-timeout").isEmpty();
    }
    inside.getLast().send(0xc0, 0);
    assertThat(inside.getLast().read()).containsExactly(0xd0, 0);
  }

  /** One byte each 150 ms, until the door closes or all are sent. */
  private static boolean sentByteByByte(RawDevice device, int... bytes) {
    AtomicInteger next = new AtomicInteger();
    await()
        .pollInterval(Duration.ofMillis(150))
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              try {
                device.send(bytes[next.getAndIncrement()]);
                return next.get() == bytes.length;
              } catch (IOException closed) {
                return true;
              }
            });
    return true;
  }
}
