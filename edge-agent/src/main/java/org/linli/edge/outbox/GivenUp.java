package org.linli.edge.outbox;

import java.time.Duration;
import java.time.Instant;

/**
 * Events that were given up lately, for lack of room or because they waited too long. They are
 * lost.
 *
 * @param events how many since then
 * @param since when the first of them was given up, by the gateway's clock
 * @param lastAt when the last of them was given up, by the gateway's clock
 */
public record GivenUp(long events, Instant since, Instant lastAt) {

  /**
   * It is over when nothing was given up for this long while the hub was connected. Time without
   * the hub does not count, so that the hub is told of it.
   */
  public static final Duration OVER_AFTER = Duration.ofMinutes(10);
}
