package org.linli.edge.liveness;

import org.linli.edge.memory.HeapShare;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many devices are kept in mind.
 *
 * @param maxDevices most devices whose last sign of life is kept; fewer where their share of the
 *     heap has no room for so many with the longest names that there are, which is said where more
 *     are set than by default
 */
@ConfigurationProperties("linli.liveness")
public record LivenessSettings(@DefaultValue("20000") int maxDevices) {

  /** As many as where nothing is set. */
  static final int DEFAULT = 20_000;

  /** With the longest name and source, at both places where a device is kept. */
  private static final int BYTES_EACH = 2 * 1024;

  public LivenessSettings {
    if (maxDevices < 1) {
      throw new IllegalArgumentException("linli.liveness.max-devices must be at least 1");
    }
  }

  /** How many that is where the heap has room for fewer. */
  int mostDevices() {
    return (int) Math.clamp(HeapShare.LIVENESS.bytes() / BYTES_EACH, 1L, (long) maxDevices);
  }
}
