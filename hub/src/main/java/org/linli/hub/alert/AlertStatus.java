package org.linli.hub.alert;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How far an alert has come. */
public enum AlertStatus {
  /** Nobody has said yet that they are handling it. */
  OPEN,
  /** Somebody has, by name. */
  ACKNOWLEDGED,
  /** Its cause is gone, or a person has closed it. */
  RESOLVED;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** The name used in tables and JSON: the constant's name in lower case. */
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
