package org.linli.edge.profile;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which time holds for an event (delivery contract, point 9): the device's own where it is at most
 * 5 minutes ahead and 35 days behind, otherwise the gateway's.
 *
 * @param time what holds
 * @param unbelieved what the device said where that does not hold; otherwise null
 */
public record ClaimedTime(Instant time, @Nullable Instant unbelieved) {

  private static final Duration AHEAD = Duration.ofMinutes(5);
  private static final Duration BEHIND = Duration.ofDays(35);

  /**
   * @param claimed what the device said; null where it said nothing
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
