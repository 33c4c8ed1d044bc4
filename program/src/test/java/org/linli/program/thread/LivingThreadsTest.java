package org.linli.program.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.health.contributor.Status;

class LivingThreadsTest {

  private static final Instant NOW = Instant.parse("2026-11-29T01:20:00Z");

  private final LivingThreads threads = new LivingThreads(InstantSource.fixed(NOW));

  @Test
  void whatAnotherPartReportsIsNoFailureOfTheThread() {
    threads.explainedBy(IllegalStateException.class::isInstance);
    Guard guard = threads.guard("reader");
    assertThat(guard.run(this::fail)).isFalse();
    assertThat(threads.untold()).isEmpty();
    assertThat(threads.problems()).isEmpty();

    guard.failed(new IllegalArgumentException("a defect"));
    assertThat(threads.untold()).singleElement().extracting(Failure::thread).isEqualTo("reader");
    assertThat(threads.problems()).hasSize(1);
  }

  private void fail() {
    throw new IllegalStateException("the database is away");
  }

  @ParameterizedTest
  @EnumSource
  void aTickerGoesOnAfterAnErrorAndSaysSoMeanwhile(LivingThreads.Make make) {
    AtomicBoolean broken = new AtomicBoolean(true);
    AtomicInteger looks = new AtomicInteger();
    LivingThread ticker =
        threads.tick(
            make,
            "ticker",
            Duration.ofMillis(1),
            () -> {
              if (broken.get()) {
                throw new NoClassDefFoundError("org/linli/Gone");
              }
              looks.incrementAndGet();
            });
    try {
      await().until(threads::isFailing);
      var health = new ThreadsHealth(threads).health();
      assertThat(health.getStatus().getCode()).isEqualTo(Status.DOWN.getCode());
      assertThat(health.getStatus().getDescription())
          .startsWith("ticker fails and is tried again")
          .contains("NoClassDefFoundError: org/linli/Gone");
      Failure failure = threads.untold().getFirst();
      assertThat(failure)
          .isEqualTo(
              new Failure("ticker", null, "java.lang.NoClassDefFoundError: org/linli/Gone", NOW));

      broken.set(false);
      await().untilAsserted(() -> assertThat(looks).hasPositiveValue());
      await()
          .untilAsserted(
              () ->
                  assertThat(new ThreadsHealth(threads).health().getStatus()).isEqualTo(Status.UP));
      assertThat(new ThreadsHealth(threads).health().getDetails().get("ticker"))
          .asString()
          .startsWith("works again; last failure: 2026-11-29T01:20:00Z");
    } finally {
      ticker.end();
      ticker.join();
    }
    assertThat(threads.standings()).isEmpty();
  }

  @Test
  void workThatThrowsBeginsAnewUntilItIsDone() {
    AtomicInteger tries = new AtomicInteger();
    LivingThread worker =
        threads.start(
            LivingThreads.Make.VIRTUAL,
            "once",
            thread -> {
              if (tries.incrementAndGet() < 3) {
                throw new StackOverflowError();
              }
            });

    worker.join();

    assertThat(tries).hasValue(3);
  }

  @Test
  void aToldFailureIsNotToldAgainButANewerOneIs() {
    Guard guard = threads.guard("work", "gateway-1");
    assertThat(guard.run(() -> {})).isTrue();
    guard.failed(new IllegalStateException("one"));
    Failure one = threads.untold().getFirst();
    guard.failed(new IllegalStateException("two"));
    threads.told(one);

    assertThat(threads.untold())
        .containsExactly(
            new Failure("work", "gateway-1", "java.lang.IllegalStateException: two", NOW));
    threads.told(threads.untold().getFirst());
    assertThat(threads.untold()).isEmpty();
  }

  @Test
  void aSchedulerGoesOnAfterAnError() throws Exception {
    try (ScheduledExecutorService scheduler = threads.scheduler("later")) {
      AtomicInteger done = new AtomicInteger();
      scheduler.execute(
          () -> {
            throw new AssertionError("no");
          });
      await().until(threads::isFailing);
      var _ = scheduler.schedule(done::incrementAndGet, 1, TimeUnit.MILLISECONDS);
      await().untilAsserted(() -> assertThat(done).hasValue(1));
      await().until(() -> !threads.isFailing());
    }
  }

  @Test
  void aPoolGoesOnAfterAnError() {
    try (var pool = threads.pool("pieces", 10)) {
      AtomicInteger done = new AtomicInteger();
      pool.execute(
          () -> {
            throw new AssertionError("no");
          });
      pool.execute(done::incrementAndGet);
      await().untilAsserted(() -> assertThat(done).hasValue(1));
      assertThat(threads.untold()).hasSize(1);
    }
  }

  @Test
  void onlyMemoryThatIsUsedUpIsAnEnd() {
    assertThat(OutOfMemory.isIn(new OutOfMemoryError("Java heap space"))).isTrue();
    assertThat(OutOfMemory.isIn(new IllegalStateException(new OutOfMemoryError()))).isTrue();
    assertThat(OutOfMemory.isIn(new StackOverflowError())).isFalse();
    assertThat(OutOfMemory.isIn(new InternalError("a fault occurred in a memory access")))
        .isFalse();
    assertThat(OutOfMemory.isIn(null)).isFalse();
  }

  /** A program of its own, as this one would end with it. */
  @ParameterizedTest
  @ValueSource(strings = {"100", "65536", "1048576"})
  @Timeout(60)
  void aProgramWhoseMemoryIsUsedUpSaysOneSentenceAndEndsWithCode3(String piece) throws Exception {
    assertThat(lastWordsOf("-Xmx24m", piece))
        .startsWith("[The program's memory is used up, and it ends at once (exit code 3)")
        .contains("systemd")
        .contains("LINLI_HEAP");
  }

  @Test
  @Timeout(60)
  void aProgramWhoseDirectMemoryIsUsedUpIsToldOfAnotherSetting() throws Exception {
    assertThat(lastWordsOf("-XX:MaxDirectMemorySize=8m", "direct"))
        .startsWith("[The program's direct memory, for what goes over the network, is used up")
        .contains("-XX:MaxDirectMemorySize")
        .doesNotContain("LINLI_HEAP");
  }

  private static String lastWordsOf(String option, String argument) throws Exception {
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                option,
                "-cp",
                System.getProperty("java.class.path"),
                Hungry.class.getName(),
                argument)
            .start();
    program.getOutputStream().close();
    String said =
        new String(program.getErrorStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .filter(line -> !line.startsWith("SLF4J"))
            .toList()
            .toString();
    assertThat(program.waitFor()).as(said).isEqualTo(OutOfMemory.EXIT_CODE);
    return said;
  }
}
