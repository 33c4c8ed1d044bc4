package org.linli.hub.records;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.linli.hub.records.Turn.Sight;

/**
 * Decides when a hub that stands by takes over. It measures with its own clock how long it has seen
 * the same, so neither the database's clock nor the other hub's counts, nor a time at which the
 * database did not answer. For one thread.
 */
final class TurnWatch {

  /** A hub whose connection broke may come back within it. */
  static final Duration FREE = Duration.ofSeconds(2);

  /** A hub renews its right every second. One that does not is frozen, or its machine is gone. */
  static final Duration SILENT = Duration.ofSeconds(5);

  /** What is seen again after a longer pause may be news. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  /** A server that was away lets a healthy hub come back first, whichever looks first. */
  static final Duration COMING_BACK = Duration.ofSeconds(15);

  private @Nullable Sight seen;
  private long since;
  private long last;
  private long awayUntil;
  private boolean wasAway;

  /** What to do next. */
  enum Decision {
    /** Another hub has the records, or had them a moment ago. */
    WAIT,
    /** Another hub that is silent has to lose its connection. */
    END_WRITERS,
    /** Nobody has them. */
    TAKE_OVER
  }

  /**
   * @param now a time in nanoseconds, of a clock that never goes back
   */
  Decision decide(Sight sight, long now) {
    boolean isAfterAPause = seen != null && now - last > LONGEST_PAUSE.toNanos();
    if (isAfterAPause) {
      wasAway = true;
      awayUntil = now + COMING_BACK.toNanos();
    }
    wasAway &= now < awayUntil;
    boolean isSame = sight.equals(seen) && !isAfterAPause;
    seen = sight;
    last = now;
    if (!isSame) {
      since = now;
    }
    if (!sight.isNext()) {
      return Decision.WAIT;
    }
    Duration same = Duration.ofNanos(now - since);
    if (sight.isFree()) {
      boolean isFreeForLong = same.compareTo(FREE) >= 0 && !wasAway;
      return isNobodys(sight) || isFreeForLong ? Decision.TAKE_OVER : Decision.WAIT;
    }
    return sight.fence() > 0 && sight.renewals() >= 0 && same.compareTo(SILENT) >= 0
        ? Decision.END_WRITERS
        : Decision.WAIT;
  }

  /** Records that no hub ever had, or one of an earlier version. */
  private static boolean isNobodys(Sight sight) {
    return sight.fence() == 0;
  }
}
