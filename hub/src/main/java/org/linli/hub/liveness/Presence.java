package org.linli.hub.liveness;

import java.util.Locale;

/** Whether a device is there. */
public enum Presence {
  /** Never heard. */
  UNKNOWN,
  ONLINE,
  /** Missed three of its expected reports, or its gateway said so. */
  OFFLINE;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** The name used in tables and JSON: the constant's name in lower case. */
  public String wireName() {
    return wireName;
  }

  static Presence ofWireName(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  @Override
  public String toString() {
    return wireName;
  }
}
