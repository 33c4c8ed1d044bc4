package org.linli.hub.alert;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The channel through which something on a timeline was done or communicated. */
public enum Channel {
  /** By the hub itself. */
  HUB,
  CONSOLE,
  API;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** Returns the name used in tables and JSON: the constant's name in lower case. */
  public String wireName() {
    return wireName;
  }

  static Optional<Channel> ofWireName(String name) {
    return Arrays.stream(values()).filter(channel -> channel.wireName.equals(name)).findFirst();
  }

  @Override
  public String toString() {
    return wireName;
  }
}
