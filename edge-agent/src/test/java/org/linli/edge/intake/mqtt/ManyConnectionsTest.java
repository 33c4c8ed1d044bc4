package org.linli.edge.intake.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A crowd that never speaks. */
class ManyConnectionsTest {

  private static final int CROWD = 5_000;
  private static final int SPARE_FILES = 500;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

  @RegisterExtension
  static final MqttGateway gateway =
      new MqttGateway("--linli.mqtt.connect-timeout=" + CONNECT_TIMEOUT.toSeconds() + "s");

  /** As many as file descriptors allow, of which this process needs two for each. */
  @Test
  void servesADeviceBesideFiveThousandThatNeverSpeakAndClosesThose() throws IOException {
    RawDevice device = gateway.raw("speaks");
    Queue<SocketChannel> mute = new ArrayDeque<>();
    try {
      for (int i = 1; i <= crowd(); i++) {
        mute.add(connected());
        if (i % 1_000 == 0) {
          serves(device, i / 1_000);
        }
      }
      RawDevice late = gateway.raw("comes-late");
      serves(late, 1);

      await()
          .atMost(CONNECT_TIMEOUT.multipliedBy(5))
          .until(() -> withoutThoseThatTheDoorClosed(mute).isEmpty());
      serves(device, 200);
      serves(late, 200);
    } finally {
      for (SocketChannel one : mute) {
        one.close();
      }
    }
  }

  private static int crowd() {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
      long free = system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount();
      return (int) Math.clamp((free - SPARE_FILES) / 2, 1, CROWD);
    }
    return CROWD;
  }

  private static SocketChannel connected() throws IOException {
    SocketChannel channel =
        SocketChannel.open(new InetSocketAddress("127.0.0.1", gateway.running().mqttPort()));
    channel.configureBlocking(false);
    return channel;
  }

  private static void serves(RawDevice device, int packetId) throws IOException {
    device.publish(1, packetId, "linli/access/crowded", "{\"type\":\"door.opened\"}");
    assertThat(device.read()).startsWith(0x40).endsWith(0, packetId);
  }

  private static Queue<SocketChannel> withoutThoseThatTheDoorClosed(Queue<SocketChannel> mute)
      throws IOException {
    for (SocketChannel next = mute.peek();
        next != null && isClosedByTheDoor(next);
        next = mute.peek()) {
      mute.remove().close();
    }
    return mute;
  }

  private static boolean isClosedByTheDoor(SocketChannel channel) {
    try {
      return channel.read(ByteBuffer.allocate(1)) < 0;
    } catch (IOException reset) {
      return true;
    }
  }
}
