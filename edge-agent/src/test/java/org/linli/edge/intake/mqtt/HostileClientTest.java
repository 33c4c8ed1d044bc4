package org.linli.edge.intake.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.intake.DoorMemory;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.intake.mqtt.RawDevice.Connect;

/** Clients that want the gateway's memory, beside a device that is served all the while. */
class HostileClientTest {

  private static final DoorMemory MEMORY = new DoorMemory(64L << 20);
  private static final int UNFINISHED = 250_000;

  /** What the system's own buffers of a connection hold, and more. */
  private static final int MOST_TAKEN = 8 << 20;

  private static final String OFFLINE = "{\"type\":\"device.offline\"}";

  /** Nobody goes for want of time in these tests. */
  @RegisterExtension
  static final MqttGateway gateway = new MqttGateway(MEMORY, "--linli.mqtt.connect-timeout=2m");

  @Test
  void readsNoMoreFromAClientThatDoesNotRead() throws IOException {
    RawDevice device = gateway.raw("beside-unread");
    try (DeafClient deaf = new DeafClient(gateway.running().mqttPort(), "deaf")) {
      // Each two bytes that are taken are answered, so what stops it is that nobody reads. A busy
      // machine may take a while for nothing.
      await()
          .pollInterval(Duration.ofMillis(1))
          .atMost(Duration.ofMinutes(2))
          .until(() -> deaf.sent() >= MOST_TAKEN || !deaf.sends(Duration.ofSeconds(10)));
      assertThat(deaf.sent()).as("bytes of PINGREQ that were taken").isLessThan(MOST_TAKEN);
      serves(device, 1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  void takesOnlyASmallFirstPacket(int version) throws IOException {
    RawDevice unconnected = gateway.mute(version);
    // A CONNECT of 100 kB, of which the protocol's name and version have come.
    unconnected.send(0x10, 0xa0, 0x8d, 0x06, 0, 4, 'M', 'Q', 'T', 'T', version);
    int[] answer = unconnected.read();
    if (version == 5) {
      assertThat(answer).startsWith(0x20).contains(0x95);
    } else {
      assertThat(answer).isEmpty();
    }
  }

  @Test
  void takesNothingButAConnectFirst() throws IOException {
    RawDevice unconnected = gateway.mute(4);
    unconnected.send(0x30);
    assertThat(unconnected.read()).isEmpty();
  }

  @Test
  void closesThoseThatFinishNothingForTheLongestWhereTheyHoldTooMuch() throws IOException {
    RawDevice device = gateway.raw("beside-unfinished");
    int fit = (int) (MEMORY.heldBytes() / UNFINISHED);
    List<RawDevice> holders = new ArrayList<>();
    byte[] begun = new byte[UNFINISHED];
    for (int i = 0; i < 3 * fit; i++) {
      RawDevice holder = gateway.raw("holder-" + i, 5);
      holder.beginPublish("linli/access/holder", 255_000, begun);
      holders.add(holder);
      serves(device, i + 1);
    }
    for (int i = 0; i < fit; i++) {
      assertThat(holders.get(i).read()).startsWith(0xe0).contains(0x97);
    }
    serves(gateway.raw("comes-later"), 1);
    RawDevice large = gateway.raw("large");
    large.publish(1, 1, "linli/access/large", noise(200_000));
    assertThat(large.read()).startsWith(0x40);
  }

  @Test
  void letsWillsTakeNoMoreThanTheirShare() throws IOException {
    String will = "w".repeat(15_000);
    int in = 0;
    int refused = 0;
    for (int i = 0; i < 3 * MEMORY.willBytes() / will.length(); i++) {
      RawDevice client =
          gateway.raw(new Connect(5, "will-" + i).will("linli/access/will-" + i, will));
      int[] answer = client.read();
      if (answer[3] == 0) {
        in++;
      } else {
        assertThat(answer).startsWith(0x20).contains(0x89);
        refused++;
      }
    }
    assertThat(in * (long) will.length()).isLessThanOrEqualTo(MEMORY.willBytes());
    assertThat(in).isPositive();
    assertThat(refused).isPositive();
    RawDevice small = gateway.raw(new Connect(4, "small").will("linli/access/small", OFFLINE));
    assertThat(small.read()).containsExactly(0x20, 2, 0, 0);
    serves(small, 1);
  }

  @Test
  void looksAtNoMoreFiltersThanMayBeGranted() throws IOException {
    RawDevice greedy = gateway.raw("greedy", 5);
    greedy.subscribeOften(7, "linli/access/!/command", 1_100);
    int[] answer = greedy.read();
    assertThat(answer).startsWith(0x90);
    assertThat(Arrays.stream(answer).filter(code -> code == 0x87)).hasSizeLessThanOrEqualTo(101);
    assertThat(Arrays.stream(answer).filter(code -> code == 0x97))
        .hasSizeGreaterThanOrEqualTo(1_000);
    RawDevice greedier = gateway.raw("greedier", 5);
    greedier.subscribeOften(7, "linli/access/!/command", 4_000);
    assertThat(greedier.read()).as("too large a packet").startsWith(0xe0).contains(0x95);
  }

  @Test
  void makesADeadLetterOfATopicThatIsTooLong() throws IOException {
    RawDevice device = gateway.raw("verbose", 5);
    device.publish(1, 9, "/".repeat(60_000), "{}");
    assertThat(device.read()).startsWith(0x40).contains(0x90);
    assertThat(gateway.running().lastDeadLetter().refusal().reason())
        .isEqualTo(RefusalReason.UNKNOWN_ADDRESS);
    assertThat(gateway.running().lastDeadLetter().refusal().detail())
        .isEqualTo("nothing reads a topic of 60000 characters; at most 1024 are read");
  }

  @Test
  void closesTheOldestOfThoseThatSayNothing() throws IOException {
    int most = Math.max(64, Math.min(5_000, MEMORY.mqttConnections()) / 5);
    RawDevice first = gateway.mute(4);
    for (int i = 0; i < most; i++) {
      RawDevice _ = gateway.mute(4);
    }
    assertThat(first.read()).isEmpty();
    serves(gateway.raw("speaks-at-once"), 1);
  }

  private static byte[] noise(int size) {
    byte[] noise = new byte[size];
    Arrays.fill(noise, (byte) 'x');
    return noise;
  }

  private static void serves(RawDevice device, int packetId) throws IOException {
    device.publish(1, packetId, "linli/access/served", "{\"type\":\"door.opened\"}");
    assertThat(device.read()).containsExactly(0x40, 2, packetId >> 8, packetId & 0xff);
  }
}
