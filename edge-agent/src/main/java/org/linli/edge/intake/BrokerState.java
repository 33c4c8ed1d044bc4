package org.linli.edge.intake;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state of the gateway's connection to the broker that it is attached to.
 *
 * @param broker where it is, {@code mqtt://host:port}
 * @param since when this state began
 * @param problem a sentence for a person if somebody has to act; null otherwise
 * @param sessionsLost how often, since the start, the broker had forgotten the session of this
 *     gateway
 */
public record BrokerState(
    String broker, BrokerLink link, Instant since, @Nullable String problem, long sessionsLost) {

  /** Whether messages that devices publish at the broker reach this gateway. */
  public enum BrokerLink {
    /** No connection. */
    AWAY,
    /** The broker answers, but refuses the connection or a subscription. */
    REFUSED,
    /** Connected and subscribed. */
    ATTACHED
  }
}
