package org.linli.hub.liveness;

import java.time.Duration;
import java.time.Instant;

/**
 * How far a clock that is read over a network is ahead of the hub's: the greatest of the readings
 * of this minute and of the one before, because every reading comes late by as long as it was on
 * its way, and the one that was least late is the nearest.
 *
 * @param began when this minute began
 * @param greatest ahead in this minute
 * @param before greatest in the minute before; in the first minute as {@code greatest}
 */
record ClockSkew(Instant began, Duration greatest, Duration before) {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  static ClockSkew first(Instant sentAt, Instant heardAt) {
    Duration ahead = Duration.between(heardAt, sentAt);
    return new ClockSkew(heardAt, ahead, ahead);
  }

  ClockSkew read(Instant sentAt, Instant heardAt) {
    Duration ahead = Duration.between(heardAt, sentAt);
    Duration age = Duration.between(began, heardAt);
    if (age.isNegative() || age.compareTo(MINUTE.multipliedBy(2)) >= 0) {
      return first(sentAt, heardAt);
    }
    if (age.compareTo(MINUTE) >= 0) {
      return new ClockSkew(heardAt, ahead, greatest);
    }
    return new ClockSkew(began, max(greatest, ahead), before);
  }

  /** Negative where it is behind. */
  Duration ahead() {
    return max(greatest, before);
  }

  private static Duration max(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
