package org.linli.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.Kind;

/** Whoever starts and closes hubs in one process has no more memory taken by each of them. */
class ClosedHubTest {

  private static final int MINUTES = 4;

  @TempDir Path data;

  /**
   * In a process of its own, which keeps nothing for the sake of speed: Spring and Thymeleaf hold
   * much by soft references, which Java clears where memory is short.
   */
  @Test
  void leavesNothingBehindOfHubsThatWereClosed() throws IOException, InterruptedException {
    Path said = data.resolve("said");
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:SoftRefLRUPolicyMSPerMB=0",
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                ThreeHubs.class.getName(),
                data.toString())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    try {
      assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).as("ended").isTrue();
      assertThat(said).content(StandardCharsets.UTF_8).contains("nothing is left");
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  /** Starts, uses and closes them one after the other. */
  static final class ThreeHubs {

    private ThreeHubs() {}

    public static void main(String[] folder) {
      List<WeakReference<Object>> closed = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        closed.add(closed(Path.of(folder[0], "hub-" + i)));
      }
      // The newest is held by Camel, in SimpleLanguage.SIMPLE, until there is another one.
      List<WeakReference<Object>> earlier = closed.subList(0, 2);
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () -> {
                System.gc();
                assertThat(earlier).allSatisfy(hub -> assertThat(hub.get()).isNull());
              });
      System.out.println("nothing is left");
    }

    private static WeakReference<Object> closed(Path data) {
      try (RunningHub hub = RunningHub.start(data)) {
        RunningHub.Visitor visitor = hub.signedInVisitor();
        hub.gateway().reports("door-1", Kind.ACCESS, "door.forced");
        await().until(() -> !hub.json("/api/v1/events?device=door-1").get("items").isEmpty());
        visitor.get("/");
        return hub.whole();
      }
    }
  }
}
