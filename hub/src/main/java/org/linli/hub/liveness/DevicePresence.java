package org.linli.hub.liveness;

import java.util.Locale;

/** Whether a device is present. */
public enum DevicePresence {
  /** Never heard. */
  UNKNOWN,
  ONLINE,
  /**
   * Missed too many expected reports in a row ({@code linli.liveness.missed}), or its gateway
   * reported it as offline.
   */
  OFFLINE;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** Returns the name used in tables and JSON: the constant's name in lower case. */
  public String wireName() {
    return wireName;
  }

  static DevicePresence ofWireName(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  @Override
  public String toString() {
    return wireName;
  }
}
