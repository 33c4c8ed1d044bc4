package org.linli.hub.gateway.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.linli.hub.gateway.TestHub;
import org.linli.program.mqtt.StrangeBroker;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A hub attached to a broker that sends what nobody asked for. */
@ExtendWith(OutputCaptureExtension.class)
@Isolated("reads what the whole process prints, and measures what it allocates")
class StrangeBrokerTest {

  private static final Duration SOON = Duration.ofSeconds(5);

  @TempDir Path folder;

  private void leavesSaysSoOnceAndComesBack(
      byte[] packet, int times, String sentence, long mostAllocated, CapturedOutput console)
      throws Exception {
    try (StrangeBroker broker = new StrangeBroker(packet, times);
        TestHub _ =
            new TestHub(
                folder.resolve("hub"),
                "--linli.gateway.broker=mqtt://127.0.0.1:" + broker.port())) {
      long before = allocated();
      await().atMost(SOON).until(() -> broker.left() >= 1);
      await().atMost(SOON).untilAsserted(() -> assertThat(console.getOut()).contains(sentence));
      await().atMost(SOON.multipliedBy(3)).until(() -> broker.left() >= 3);
      assertThat(allocated() - before).isLessThan(mostAllocated);
    }
    assertThat(console.getOut().lines().filter(line -> line.contains(sentence))).hasSize(1);
    assertThat(console.getOut().lines().filter(line -> line.contains("Attached to the broker")))
        .hasSize(1);
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getTotalThreadAllocatedBytes();
  }

  @Test
  void aPacketThatIsTooLargeEndsTheConnectionBeforeRoomIsMadeForIt(CapturedOutput console)
      throws Exception {
    leavesSaysSoOnceAndComesBack(
        StrangeBroker.HUGE_PUBLISH,
        1,
        "it sent a PUBLISH of 268435460 bytes; 4194304 are taken at most (linli.gateway.max-batch)",
        200L << 20,
        console);
  }

  @Test
  void oneThatHangsUpAfterEachMessageIsAskedLessAndLessOften(CapturedOutput console)
      throws Exception {
    try (StrangeBroker broker = StrangeBroker.hangingUpAfter(StrangeBroker.PUBLISH);
        TestHub _ =
            new TestHub(
                folder.resolve("hub"),
                "--linli.gateway.broker=mqtt://127.0.0.1:" + broker.port())) {
      await().atMost(SOON).until(() -> broker.told() >= 1);
      // The pauses are at least 1, 1, 2 and 4 s long: the fifth connection comes after 8 s.
      await()
          .during(Duration.ofSeconds(7))
          .atMost(Duration.ofSeconds(12))
          .until(() -> broker.told() <= 4);
    }
    assertThat(console.getOut().lines().filter(line -> line.contains("Attached to the broker")))
        .hasSize(1);
    assertThat(console.getOut().lines().filter(line -> line.contains("Lost the broker")))
        .hasSize(1);
  }

  @Test
  void aReleaseOfWhatWasNeverSentEndsTheConnection(CapturedOutput console) throws Exception {
    leavesSaysSoOnceAndComesBack(
        StrangeBroker.PUBREL,
        100_000,
        "it sent a PUBREL, which nobody here waits for",
        Long.MAX_VALUE,
        console);
  }
}
