package org.linli.edge.intake.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often the session at the broker is written to the disk. */
class LostSessionsTest {

  @TempDir Path folder;
  private Instant now = Instant.parse("2026-11-23T05:16:00Z");

  @Test
  void aBrokerThatEndsEachConnectionHasTheSessionWrittenOnceAMinute() throws Exception {
    LostSessions watch = watch("mqtt://127.0.0.1:1883");
    Set<String> written = new HashSet<>();
    for (int i = 0; i < 300; i++) {
      now = now.plusMillis(200);
      watch.attached(false, null);
      written.add(written());
      now = now.plusMillis(200);
      watch.left();
      written.add(written());
    }

    assertThat(written).as("in two minutes").hasSizeLessThanOrEqualTo(3);
  }

  @Test
  void writesAtOnceWhatIsAnotherSession() throws Exception {
    watch("mqtt://127.0.0.1:1883").attached(false, null);
    String first = written();
    watch("mqtt://127.0.0.1:1884").attached(false, null);

    assertThat(written()).isNotEqualTo(first).contains("1884");
  }

  @Test
  void writesAgainAfterAMinuteAndAfterAClockThatJumpedBack() throws Exception {
    LostSessions watch = watch("mqtt://127.0.0.1:1883");
    watch.attached(false, null);
    now = now.plusSeconds(61);
    watch.left();
    assertThat(written()).contains(now.toString());
    now = now.minusSeconds(86_400);
    watch.attached(true, null);
    assertThat(written()).contains(now.toString());
  }

  @Test
  void tellsAfterAStartFromWhenOnTheSessionMayBeMissed() throws Exception {
    LostSessions watch = watch("mqtt://127.0.0.1:1883");
    watch.attached(false, null);
    Instant attached = now;
    now = now.plusSeconds(30);
    watch.left();

    assertThat(KnownSession.read(folder).orElseThrow().since())
        .as("never later than it was left, and by less than a minute before")
        .isBetween(attached, now);
    assertThat(watch("mqtt://127.0.0.1:1883").attached(false, null)).isTrue();
  }

  private String written() throws Exception {
    return Files.readString(folder.resolve("broker-session"));
  }

  private LostSessions watch(String uri) {
    return new LostSessions(
        Brokers.at(uri, Duration.ofMillis(50), Duration.ofMillis(400)),
        "linli-gateway-1",
        folder,
        () -> now);
  }
}
