package org.linli.hub.alert;

import java.util.regex.Pattern;

/**
 * The channel through which something on a timeline was done or communicated. The package that has
 * the channel defines it; here are those of the hub and of its pages and API.
 *
 * @param wireName permanent name in tables and JSON: lower-case letters and hyphens, at most 40
 */
public record Channel(String wireName) {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z-]{0,39}");

  /** By the hub itself. */
  public static final Channel HUB = new Channel("hub");

  public static final Channel CONSOLE = new Channel("console");
  public static final Channel API = new Channel("api");

  public Channel {
    if (!NAME.matcher(wireName).matches()) {
      throw new IllegalArgumentException("no name of a channel: " + wireName);
    }
  }

  @Override
  public String toString() {
    return wireName;
  }
}
