package org.linli.hub.liveness;

import java.time.Duration;
import java.time.Instant;

/**
 * How far a clock that is read over a network is ahead of the hub's. It is the greatest reading of
 * this minute and of the one before: every reading is late by its network latency, and the least
 * late reading is the most accurate.
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

  /** Returns how far the clock is ahead; negative if it is behind. */
  Duration ahead() {
    return max(greatest, before);
  }

  private static Duration max(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
