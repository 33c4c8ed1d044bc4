package org.linli.edge.liveness;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When the gateway itself reports a device offline.
 *
 * @param grace how long a device may be silent after its connection broke; zero disables the
 *     reports
 */
@ConfigurationProperties("linli.liveness")
public record PresenceSettings(@DefaultValue("30s") Duration grace) {

  public PresenceSettings {
    if (grace.isNegative() || grace.toHours() >= 24) {
      throw new IllegalArgumentException("linli.liveness.grace must lie between 0s and 24h");
    }
  }
}
