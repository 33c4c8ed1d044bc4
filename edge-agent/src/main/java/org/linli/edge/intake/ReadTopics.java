package org.linli.edge.intake;

import java.util.List;

/** The MQTT topics that profiles read, besides {@code linli/{kind}/{deviceId}}. */
public interface ReadTopics {

  /**
   * The topic filters of a profile.
   *
   * @throws IllegalArgumentException if there is no profile of that name; the message lists the
   *     existing ones
   */
  List<TopicFilter> ofProfile(String name);
}
