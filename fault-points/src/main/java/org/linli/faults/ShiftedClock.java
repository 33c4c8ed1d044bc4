package org.linli.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * A clock that jumps when a file says so. The file is read at most twenty times a second. While it
 * holds no number, the last one applies.
 */
final class ShiftedClock extends Clock {

  private static final long BETWEEN_LOOKS_NANOS = Duration.ofMillis(50).toNanos();

  private final Clock clock;
  private final Path file;
  private volatile long lookedAt = System.nanoTime() - BETWEEN_LOOKS_NANOS;
  private volatile long millis;

  ShiftedClock(Clock clock, Path file) {
    this.clock = clock;
    this.file = file;
  }

  @Override
  public ZoneId getZone() {
    return clock.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return new ShiftedClock(clock.withZone(zone), file);
  }

  @Override
  public Instant instant() {
    long now = System.nanoTime();
    if (now - lookedAt >= BETWEEN_LOOKS_NANOS) {
      lookedAt = now;
      millis = read(millis);
    }
    return clock.instant().plusMillis(millis);
  }

  @Override
  public long millis() {
    return instant().toEpochMilli();
  }

  private long read(long before) {
    try {
      return Long.parseLong(Files.readString(file).strip());
    } catch (IOException | NumberFormatException e) {
      return before;
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ShiftedClock that && clock.equals(that.clock) && file.equals(that.file);
  }

  @Override
  public int hashCode() {
    return clock.hashCode() + file.hashCode();
  }
}
