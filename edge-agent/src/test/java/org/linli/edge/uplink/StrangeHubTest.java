package org.linli.edge.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.linli.event.codec.GatewayRegistryCodec;
import org.linli.program.mqtt.StrangeBroker;

/** What answers where the hub should, and sends what nobody asked for. */
@Isolated("measures what the whole process allocates")
class StrangeHubTest {

  private static final Duration SOON = Duration.ofSeconds(5);

  @TempDir Path folder;
  private TestOutbox box;

  @BeforeEach
  void open() {
    box = new TestOutbox(folder);
  }

  @AfterEach
  void close() {
    box.close();
  }

  private Uplink uplink(StrangeBroker hub) {
    return TestUplink.between(
        box.outbox(),
        new HubAddress(URI.create("mqtt://127.0.0.1:" + hub.port())),
        folder,
        TestSettings.quick(Map.of()));
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getTotalThreadAllocatedBytes();
  }

  private void leavesAndComesBack(byte[] packet, int times, String sentence) throws Exception {
    try (StrangeBroker hub = new StrangeBroker(packet, times)) {
      Uplink uplink = uplink(hub);
      uplink.start();
      try {
        await().atMost(SOON).until(() -> hub.left() >= 1);
        await().atMost(SOON).untilAsserted(() -> assertThat(uplink.trouble()).contains(sentence));
        await().atMost(SOON.multipliedBy(2)).until(() -> hub.left() >= 3);
        assertThat(uplink.silence()).isNull();
      } finally {
        uplink.stop();
      }
    }
  }

  @Test
  void aPacketThatIsTooLargeEndsTheConnectionBeforeRoomIsMadeForIt() throws Exception {
    long before = allocated();

    leavesAndComesBack(
        StrangeBroker.HUGE_PUBLISH,
        1,
        "it sent a PUBLISH of 268435460 bytes; %d are taken at most (the largest registry and 64 KB)"
            .formatted(GatewayRegistryCodec.MAX_BYTES + 64 * 1024));

    assertThat(allocated() - before).isLessThan(200L << 20);
  }

  @Test
  void aReleaseOfWhatWasNeverSentEndsTheConnection() throws Exception {
    leavesAndComesBack(
        StrangeBroker.PUBREL, 100_000, "it sent a PUBREL, which nobody here waits for");
  }
}
