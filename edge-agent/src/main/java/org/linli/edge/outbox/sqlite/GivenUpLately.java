package org.linli.edge.outbox.sqlite;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.linli.edge.outbox.GivenUp;

/** Knows which events were given up lately. Written by the writer thread; read by any thread. */
final class GivenUpLately {

  private final InstantSource clock;
  private final LongSupplier nanoTime;

  /** By {@code nanoTime}; moves on while the hub is away. */
  private long quietFrom;

  private long inAll;
  private volatile @Nullable GivenUp lately;

  /**
   * @param inAll how many events were given up so far
   */
  GivenUpLately(long inAll, InstantSource clock, LongSupplier nanoTime) {
    this.inAll = inAll;
    this.clock = clock;
    this.nanoTime = nanoTime;
  }

  /** Empty if nothing was given up lately. */
  Optional<GivenUp> lately() {
    return Optional.ofNullable(lately);
  }

  /**
   * Looks at the counter, at least once a minute.
   *
   * @param nowInAll how many events were given up by now; fewer than before if the hub turned out
   *     to have some of them
   */
  void look(long nowInAll, boolean hubIsThere) {
    long more = nowInAll - inAll;
    inAll = nowInAll;
    GivenUp before = lately;
    if (more > 0) {
      Instant now = Instant.ofEpochMilli(clock.millis());
      lately =
          before == null
              ? new GivenUp(more, now, now)
              : new GivenUp(before.events() + more, before.since(), now);
      quietFrom = nanoTime.getAsLong();
    } else if (before != null) {
      long left = before.events() + more;
      long now = nanoTime.getAsLong();
      if (!hubIsThere) {
        quietFrom = now;
      }
      boolean isOver = left <= 0 || now - quietFrom >= GivenUp.OVER_AFTER.toNanos();
      lately = isOver ? null : new GivenUp(left, before.since(), before.lastAt());
    }
  }
}
