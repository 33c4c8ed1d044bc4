package org.linli.hub;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.linli.hub.records.Elapsed;

/** The hub's own clock, moved on by as much as a test likes. */
public final class TestClock extends Clock {

  private final Clock hub = new HubApplication().clock();
  private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

  public void advance(Duration by) {
    ahead.updateAndGet(by::plus);
  }

  /** What the hub takes for the time that passes: it goes on with this clock. */
  Elapsed elapsed() {
    return () -> System.nanoTime() + ahead.get().toNanos();
  }

  @Override
  public Instant instant() {
    return hub.instant().plus(ahead.get());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
