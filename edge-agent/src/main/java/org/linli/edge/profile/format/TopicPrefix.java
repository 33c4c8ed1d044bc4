package org.linli.edge.profile.format;

import org.linli.edge.intake.TopicFilter;

/**
 * The levels with which all topics of a format begin; they can be configured at the equipment.
 *
 * @param text one or more levels without a slash at either end
 */
public record TopicPrefix(String text) {

  /**
   * @param key the setting that it comes from, for the error message
   * @throws IllegalArgumentException naming the setting and the rule
   */
  public static TopicPrefix ofSetting(String key, String text) {
    if (text.isEmpty()
        || text.startsWith("/")
        || text.endsWith("/")
        || text.indexOf('+') >= 0
        || text.indexOf('#') >= 0
        || text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          key + " must be an MQTT topic without wildcards and without / at its ends");
    }
    return new TopicPrefix(text);
  }

  /** The filter for all topics below. */
  public String allBelow() {
    return new TopicFilter(text + "/#").text();
  }

  /** The rest of the topic after the prefix and a slash; empty if there is none. */
  public String below(String topic) {
    return topic.length() > text.length() && topic.startsWith(text + "/")
        ? topic.substring(text.length() + 1)
        : "";
  }
}
