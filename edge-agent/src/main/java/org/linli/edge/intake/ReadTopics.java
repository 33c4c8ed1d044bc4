package org.linli.edge.intake;

import java.util.List;

/** Which MQTT topics somebody behind the doors reads, besides {@code linli/{kind}/{deviceId}}. */
public interface ReadTopics {

  /**
   * The topic filters of a profile.
   *
   * @throws IllegalArgumentException where there is none of that name, with those that there are
   */
  List<TopicFilter> ofProfile(String name);
}
