package org.linli.edge.intake.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.linli.edge.intake.LifeSearch;
import org.linli.program.mqtt.StrangeBroker;
import org.linli.program.thread.LivingThreads;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A broker that sends what nobody asked for. */
@ExtendWith(OutputCaptureExtension.class)
@Isolated("reads what the whole process prints, and measures what it allocates")
class StrangeBrokerTest {

  private static final Duration SOON = Duration.ofSeconds(5);

  @TempDir Path folder;

  private BrokerDoor door(StrangeBroker broker) {
    return new BrokerDoor(
        Brokers.at(
            "mqtt://127.0.0.1:" + broker.port(), Duration.ofMillis(50), Duration.ofMillis(400)),
        "linli-gateway-1",
        folder,
        new HeldIntake(),
        Clock.systemUTC(),
        new LivingThreads(Clock.systemUTC()),
        LifeSearch.NONE);
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getTotalThreadAllocatedBytes();
  }

  private void leavesSaysSoOnceAndComesBack(
      byte[] packet, int times, String sentence, CapturedOutput console) throws Exception {
    try (StrangeBroker broker = new StrangeBroker(packet, times)) {
      BrokerDoor door = door(broker);
      door.start();
      try {
        await().atMost(SOON).until(() -> broker.left() >= 1);
        await()
            .atMost(SOON)
            .untilAsserted(
                () ->
                    assertThat(console.getOut())
                        .contains(
                            "The broker at mqtt://127.0.0.1:%d is away (%s); what devices publish meanwhile waits there"
                                .formatted(broker.port(), sentence)));
        await().atMost(SOON.multipliedBy(2)).until(() -> broker.left() >= 4);
        assertThat(door.isRunning()).isTrue();
      } finally {
        door.stop();
      }
    }
    assertThat(console.getOut().lines().filter(line -> line.contains(sentence))).hasSize(1);
    assertThat(console.getOut().lines().filter(line -> line.contains("has forgotten the session")))
        .hasSize(1);
  }

  @Test
  void aPacketThatIsTooLargeEndsTheConnectionBeforeRoomIsMadeForIt(CapturedOutput console)
      throws Exception {
    long before = allocated();

    leavesSaysSoOnceAndComesBack(
        StrangeBroker.HUGE_PUBLISH,
        1,
        "it sent a PUBLISH of 268435460 bytes; 65536 are taken at most"
            + " (linli.broker.max-message-size)",
        console);

    assertThat(allocated() - before).isLessThan(200L << 20);
  }

  @Test
  void aReleaseOfWhatWasNeverSentEndsTheConnection(CapturedOutput console) throws Exception {
    leavesSaysSoOnceAndComesBack(
        StrangeBroker.PUBREL, 100_000, "it sent a PUBREL, which nobody here waits for", console);
  }
}
