package org.linli.program.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FarewellTest {

  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final AtomicLong now = new AtomicLong();
  private final CountDownLatch hang = new CountDownLatch(1);
  private final List<String> ended = new ArrayList<>();

  @AfterEach
  void goOn() {
    hang.countDown();
  }

  private void hangs() {
    try {
      hang.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Farewell within(Duration inAll, Duration forTheLast) {
    return Farewell.within(inAll, forTheLast, now::get);
  }

  @Test
  void leavesAPartBehindThatTakesLongerThanItsShare() {
    Farewell farewell = within(LONG, Duration.ZERO);
    assertTimeoutPreemptively(
        LIMIT,
        () -> {
          farewell.end("hangs", Duration.ofMillis(10), this::hangs);
          farewell.end("ends", LONG, () -> ended.add("ends"));
        });
    assertThat(ended).containsExactly("ends");
  }

  @Test
  void keepsSomeOfTheTimeForTheLastPart() {
    Farewell farewell = within(Duration.ofSeconds(61), LONG);
    farewell.begin();
    now.addAndGet(Duration.ofSeconds(2).toNanos());
    assertTimeoutPreemptively(
        LIMIT,
        () -> {
          farewell.end("hangs", LONG, this::hangs);
          farewell.endLast("last", () -> ended.add("last"));
        });
    assertThat(ended).containsExactly("last");
  }

  @Test
  void hasOneTimeForAllParts() {
    Farewell farewell = within(LONG, Duration.ZERO);
    farewell.end("takes it all", LONG, () -> now.addAndGet(LONG.toNanos()));
    assertTimeoutPreemptively(
        LIMIT,
        () -> {
          farewell.end("hangs", LONG, this::hangs);
          farewell.endLast("hangs too", this::hangs);
        });
  }

  @Test
  void waitsForAThreadNoLongerThanIsLeft() {
    LivingThread thread =
        new LivingThreads(Clock.systemUTC())
            .start(LivingThreads.Make.VIRTUAL, "hangs", own -> hangs());
    thread.end();
    Farewell farewell = within(Duration.ofMillis(10), Duration.ZERO);
    assertTimeoutPreemptively(
        LIMIT, () -> assertThat(farewell.join("hangs", LONG, thread)).isFalse());
    goOn();
    assertThat(Farewell.unlimited().join("hangs", LONG, thread)).isTrue();
  }

  @Test
  void handsOnWhatAPartThrows() {
    assertThatThrownBy(
            () ->
                within(LONG, LONG)
                    .endLast(
                        "throws",
                        () -> {
                          throw new IllegalStateException("a defect");
                        }))
        .hasMessage("a defect");
  }

  @Test
  void aTickerThatHangsHoldsUpTheStopForItsShareOnly() throws InterruptedException {
    CountDownLatch looks = new CountDownLatch(1);
    Ticker ticker =
        new Ticker(
            new LivingThreads(
                Clock.systemUTC(), System::nanoTime, within(Duration.ofMillis(10), Duration.ZERO)),
            LivingThreads.Make.VIRTUAL,
            "hangs",
            Duration.ofMillis(1)) {
          @Override
          protected void look() {
            looks.countDown();
            hangs();
          }
        };
    ticker.start();
    looks.await();
    assertTimeoutPreemptively(LIMIT, () -> ticker.stop());
    assertThat(ticker.isRunning()).isFalse();
  }

  /** As SIGTERM would end it, although one of its parts and a shutdown hook hang. */
  @Test
  void haltsAProgramThatDoesNotStop() throws IOException, InterruptedException {
    Process program =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                Stubborn.class.getName())
            .start();
    String said = new String(program.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(program.waitFor()).as(said).isEqualTo(143);
    assertThat(said).contains("after the part");
  }
}
