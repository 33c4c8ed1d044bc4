package org.linli.sims.simulate;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.linli.sims.day.SimulatedEvent;

/** Where a day is cut off: after a period of it, or after a number of events. */
final class Limit {

  private final @Nullable Instant end;
  private final @Nullable Long count;
  private long allowed;

  Limit(Instant start, @Nullable Duration length, @Nullable Long count) {
    this.end = length == null ? null : start.plus(length);
    this.count = count;
  }

  boolean allows(SimulatedEvent event) {
    return (end == null || event.time().isBefore(end)) && (count == null || allowed++ < count);
  }

  /** The first time after the end; empty when only the number of events ends the day. */
  Optional<Instant> end() {
    return Optional.ofNullable(end);
  }
}
