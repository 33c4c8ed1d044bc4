package org.linli.hub.alert;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The status of an alert. */
public enum AlertStatus {
  /** Nobody has acknowledged it yet. */
  OPEN,
  /** A person has acknowledged it by name. */
  ACKNOWLEDGED,
  /** Its cause is gone, or a person has resolved it. */
  RESOLVED;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** Returns the name used in tables and JSON: the constant's name in lower case. */
  public String wireName() {
    return wireName;
  }

  public static Optional<AlertStatus> ofWireName(String name) {
    return Arrays.stream(values()).filter(status -> status.wireName.equals(name)).findFirst();
  }

  @Override
  public String toString() {
    return wireName;
  }
}
