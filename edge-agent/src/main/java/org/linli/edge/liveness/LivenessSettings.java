package org.linli.edge.liveness;

import org.linli.edge.memory.HeapShare;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for the last signs of life.
 *
 * @param maxDevices most devices whose last sign of life is kept. If the heap share has no room for
 *     so many with the longest names, fewer are kept; a warning says so if more than the default
 *     are set
 */
@ConfigurationProperties("linli.liveness")
public record LivenessSettings(@DefaultValue("20000") int maxDevices) {

  /** The default of {@code maxDevices}. */
  static final int DEFAULT = 20_000;

  /** Bytes of a device with the longest name and source, at both places where it is kept. */
  private static final int BYTES_EACH = 2 * 1024;

  public LivenessSettings {
    if (maxDevices < 1) {
      throw new IllegalArgumentException("linli.liveness.max-devices must be at least 1");
    }
  }

  /** The limit in effect, at most what the heap share has room for. */
  int mostDevices() {
    return (int) Math.clamp(HeapShare.LIVENESS.bytes() / BYTES_EACH, 1L, (long) maxDevices);
  }
}
