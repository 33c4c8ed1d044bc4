package org.linli.edge.profile;

import java.time.Instant;

/**
 * A message for a profile.
 *
 * @param topic the MQTT topic; empty where it came by another way
 * @param client the MQTT client that published it; empty where that is not known
 * @param contentType the media type with its parameters; empty where none was said
 * @param payload at most as large as the door lets in; not to be changed
 * @param receivedAt by the gateway's clock
 */
public record Delivered(
    String topic, String client, String contentType, byte[] payload, Instant receivedAt) {

  /** The levels of the topic (MQTT 5 section 4.7.1.1). */
  public String[] levels() {
    return topic.split("/", -1);
  }
}
