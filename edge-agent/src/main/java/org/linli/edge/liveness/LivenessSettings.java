package org.linli.edge.liveness;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many devices are kept in mind.
 *
 * @param maxDevices most devices whose last sign of life is kept
 */
@ConfigurationProperties("linli.liveness")
public record LivenessSettings(@DefaultValue("20000") int maxDevices) {

  public LivenessSettings {
    if (maxDevices < 1) {
      throw new IllegalArgumentException("linli.liveness.max-devices must be at least 1");
    }
  }
}
