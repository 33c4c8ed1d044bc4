package org.linli.edge.profile;

import java.time.Instant;

/**
 * A message for a profile.
 *
 * @param topic the MQTT topic; empty for a message of another protocol
 * @param client the MQTT client that published it; empty if it is not known
 * @param contentType the media type with its parameters; empty if none was given
 * @param payload at most as large as the door accepts; not to be changed
 * @param receivedAt by the gateway's clock
 */
public record Delivered(
    String topic, String client, String contentType, byte[] payload, Instant receivedAt) {

  /** The levels of the topic (MQTT 5 section 4.7.1.1). */
  public String[] levels() {
    return topic.split("/", -1);
  }
}
