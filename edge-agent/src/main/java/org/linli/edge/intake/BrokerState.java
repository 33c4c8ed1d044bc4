package org.linli.edge.intake;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a gateway stands with the broker that it is attached to.
 *
 * @param broker where it is, {@code mqtt://host:port}
 * @param since when that began
 * @param problem a sentence for a person where something needs one; null otherwise
 * @param sessionsLost how often, since the start, the broker had forgotten what it kept for this
 *     gateway
 */
public record BrokerState(
    String broker, Link link, Instant since, @Nullable String problem, long sessionsLost) {

  /** Whether what devices publish at the broker comes here. */
  public enum Link {
    /** No connection. */
    AWAY,
    /** The broker answers, and lets this gateway neither in nor read what it was told to. */
    REFUSED,
    /** Connected and subscribed. */
    ATTACHED
  }
}
