package org.linli.edge.profile;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The time of an event (delivery contract, point 9): the device's own if it is at most 5 minutes
 * ahead and 35 days behind, otherwise the gateway's.
 *
 * @param time the time of the event
 * @param unbelieved the device's time if it was not accepted; otherwise null
 */
public record ClaimedTime(Instant time, @Nullable Instant unbelieved) {

  private static final Duration AHEAD = Duration.ofMinutes(5);
  static final Duration BEHIND = Duration.ofDays(35);

  /**
   * @param claimed the device's time; null if it gave none
   * @param receivedAt by the gateway's clock
   */
  public static ClaimedTime of(@Nullable Instant claimed, Instant receivedAt) {
    if (claimed == null) {
      return new ClaimedTime(receivedAt, null);
    }
    return claimed.isAfter(receivedAt.plus(AHEAD)) || claimed.isBefore(receivedAt.minus(BEHIND))
        ? new ClaimedTime(receivedAt, claimed)
        : new ClaimedTime(claimed, null);
  }
}
