package org.linli.hub.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.Kind;
import org.linli.hub.SteppingClock;
import org.linli.hub.registry.TestCommunities;
import org.linli.program.thread.LivingThreads;

class AlertTimersTest {

  @TempDir Path folder;

  @Test
  void opensWhatIsDueByItselfAndStopsWhenTold() {
    SteppingClock clock = new SteppingClock(AlertRig.START);
    try (AlertRig hub =
        new AlertRig(
            folder,
            clock,
            TestCommunities.sample(),
            _ -> new OnCall.Assignment.Nobody("nobody is there"))) {
      AlertTimers timers =
          new AlertTimers(
              hub.raising,
              new AlertSettings(Duration.ofMillis(10), AlertRig.KEPT),
              new LivingThreads(InstantSource.system()));
      timers.start();
      hub.apply(hub.event("fire-lane-2", Kind.PARKING, "fire-lane.occupied"));
      clock.advance(Duration.ofMinutes(3));
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () ->
                  assertThat(hub.all())
                      .singleElement()
                      .satisfies(
                          alert ->
                              assertThat(alert.timeline().getLast().text())
                                  .isEqualTo("nobody is there")));
      timers.stop();
      assertThat(timers.isRunning()).isFalse();
    }
  }
}
