package org.linli.edge.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A hub that takes a batch on each connection and hangs up: one that restarts again and again. */
@ExtendWith(OutputCaptureExtension.class)
@Isolated("reads what the whole process prints")
class HubThatHangsUpAfterReceiptsTest {

  @TempDir Path folder;

  @Test
  void isAskedLessAndLessOftenAndTheLogStaysShort(CapturedOutput console) throws Exception {
    try (FakeHub hub = new FakeHub();
        TestOutbox box = new TestOutbox(folder)) {
      hub.open();
      hub.hangUpAfterReceipts();
      box.takeBulk(1, 60);
      Uplink uplink =
          TestUplink.between(
              box.outbox(),
              hub.address(),
              folder,
              TestSettings.quick(
                  Map.of(
                      "linli.uplink.batch-events", "1",
                      "linli.uplink.in-flight", "1",
                      "linli.uplink.longest-pause", "20s")));
      uplink.start();
      try {
        await().atMost(Duration.ofSeconds(20)).until(() -> hub.applied().size() >= 4);
        await()
            .during(Duration.ofSeconds(6))
            .atMost(Duration.ofSeconds(10))
            .until(() -> hub.attempts() <= 10);
      } finally {
        uplink.stop();
      }
    }
    assertThat(lines(console, "Connected to the hub")).isLessThanOrEqualTo(1);
    assertThat(lines(console, " is away (")).isLessThanOrEqualTo(1);
  }

  private static long lines(CapturedOutput console, String with) {
    // Once each, however many appenders earlier tests of this process left behind.
    return console.getOut().lines().filter(line -> line.contains(with)).distinct().count();
  }
}
