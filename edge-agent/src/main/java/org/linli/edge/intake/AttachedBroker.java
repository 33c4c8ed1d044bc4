package org.linli.edge.intake;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A broker that this gateway is attached to, on which devices publish. */
public interface AttachedBroker {

  /** A shorter absence is not reported: a broker that is restarted is back before. */
  Duration REPORTED_AFTER = Duration.ofMinutes(1);

  /** An absence is over after the gateway has been attached for this long without a break. */
  Duration OVER_AFTER = Duration.ofSeconds(30);

  /** The current state of the connection to it. */
  BrokerState state();

  /**
   * Since when this gateway has not heard what devices publish there, by its own clock, if that is
   * longer than {@link #REPORTED_AFTER}; until it was attached again for {@link #OVER_AFTER}. Empty
   * otherwise.
   */
  Optional<Instant> unheardSince();
}
