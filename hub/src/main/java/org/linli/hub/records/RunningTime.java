package org.linli.hub.records;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.linli.program.thread.LivingThreads;
import org.linli.program.thread.Ticker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How long the hub has run, over all its runs. Retention is measured by it and not by the clock,
 * which may jump. Nothing gets older while the hub does not run. A crash loses the last minute of
 * it.
 *
 * <p>Publishes {@link ClockJumped} if the clock jumps by {@value #JUMP_MINUTES} minutes or more
 * within one minute. Safe for any thread.
 */
@Component
public class RunningTime extends Ticker {

  private static final Logger log = LoggerFactory.getLogger(RunningTime.class);
  private static final Duration LOOK = Duration.ofMinutes(1);
  private static final int JUMP_MINUTES = 5;

  private final JdbcClient client;
  private final InstantSource clock;
  private final Elapsed elapsed;
  private final ApplicationEventPublisher publisher;
  private final long before;
  private final long began;

  /** The clock at the last look; used by the looking thread only. */
  private Instant lastClock;

  private long lastNanos;

  RunningTime(
      JdbcClient client,
      InstantSource clock,
      Elapsed elapsed,
      ApplicationEventPublisher publisher,
      LivingThreads threads) {
    super(threads, LivingThreads.Make.VIRTUAL, "running-time", LOOK);
    this.client = client;
    this.clock = clock;
    this.elapsed = elapsed;
    this.publisher = publisher;
    this.before =
        client.sql("SELECT millis FROM running_time WHERE id = 1").query(Long.class).single();
    this.began = elapsed.nanos();
    this.lastClock = clock.instant();
    this.lastNanos = began;
  }

  /** Returns the running time in milliseconds. */
  public long millis() {
    return before + TimeUnit.NANOSECONDS.toMillis(elapsed.nanos() - began);
  }

  /** Saves the running time, and checks whether the clock advanced as fast as time. */
  @Override
  protected void look() {
    keep();
    Instant clockNow = clock.instant();
    long nanosNow = elapsed.nanos();
    Instant expected = lastClock.plusNanos(nanosNow - lastNanos);
    lastClock = clockNow;
    lastNanos = nanosNow;
    if (Duration.between(expected, clockNow).abs().toMinutes() >= JUMP_MINUTES) {
      log.atWarn()
          .addKeyValue("expected", expected)
          .addKeyValue("shows", clockNow)
          .log("The hub's clock jumped; nothing that is kept has become older by that");
      publisher.publishEvent(new ClockJumped(expected, clockNow));
    }
  }

  private void keep() {
    client.sql("UPDATE running_time SET millis = ? WHERE id = 1").param(millis()).update();
  }

  @Override
  public void stop() {
    super.stop();
    try {
      keep();
    } catch (DataAccessException e) {
      log.atWarn()
          .addKeyValue("reason", e.getMostSpecificCause().getMessage())
          .log("How long the hub has run cannot be kept; what it keeps goes a minute later");
    }
  }
}
