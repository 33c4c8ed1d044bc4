package org.linli.program.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.slf4j.event.EventRecordingLogger;
import org.slf4j.event.Level;
import org.slf4j.event.SubstituteLoggingEvent;
import org.slf4j.helpers.SubstituteLogger;

class RateLimitedLogTest {

  private final Queue<SubstituteLoggingEvent> written = new ConcurrentLinkedQueue<>();
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final RateLimitedLog limited =
      new RateLimitedLog(
          new EventRecordingLogger(
              new SubstituteLogger("test", new ConcurrentLinkedQueue<>(), false), written) {
            @Override
            public boolean isEnabledForLevel(Level level) {
              return level.toInt() >= Level.INFO.toInt();
            }
          },
          nanos::get);

  @Test
  void writesOneLineAMinuteOfEachCauseAndSaysHowManyWereLeftOut() {
    for (int i = 0; i < 1_000; i++) {
      limited.atWarn("too-large").addKeyValue("bytes", i).log("A message was too large");
    }
    limited.atError("torn").log("A message was torn");
    assertThat(lines())
        .containsExactly("WARN bytes=0 A message was too large", "ERROR A message was torn");

    minutesPass(1);
    limited.atWarn("too-large").addKeyValue("bytes", 7).log("A message was too large");
    limited.atError("torn").log("A message was torn");
    assertThat(lines())
        .containsExactly(
            "WARN unwritten=999 bytes=7 A message was too large", "ERROR A message was torn");
  }

  @Test
  void saysWhatWasLeftOutAlsoWhereTheCauseEnds() {
    limited.atWarn("flood").log("Too much at once");
    limited.atWarn("flood").log("Too much at once");
    limited.atWarn("flood").log("Too much at once");
    limited.sayDue();
    assertThat(lines()).containsExactly("WARN Too much at once");

    minutesPass(1);
    limited.sayDue();
    limited.sayDue();
    assertThat(lines())
        .containsExactly(
            "WARN cause=flood unwritten=2 Further lines about this cause were left out");
  }

  @Test
  void inventedCausesFillNoLog() {
    for (int i = 0; i < 10_000; i++) {
      limited.atWarn("client-" + i).log("A client was turned away");
    }
    assertThat(lines()).hasSize(RateLimitedLog.MOST_CAUSES);

    minutesPass(1);
    limited.sayDue();
    assertThat(lines())
        .containsExactly(
            "WARN cause=others unwritten="
                + (10_000 - RateLimitedLog.MOST_CAUSES)
                + " Further lines about this cause were left out");
    limited.atWarn("client-1").log("A client was turned away");
    assertThat(lines()).containsExactly("WARN A client was turned away");
  }

  private void minutesPass(int minutes) {
    nanos.addAndGet(TimeUnit.MINUTES.toNanos(minutes));
  }

  private List<String> lines() {
    List<String> lines = written.stream().map(RateLimitedLogTest::line).toList();
    written.clear();
    return lines;
  }

  private static String line(SubstituteLoggingEvent event) {
    return event.getLevel() + " " + event.getMessage();
  }
}
