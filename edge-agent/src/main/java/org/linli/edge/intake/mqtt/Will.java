package org.linli.edge.intake.mqtt;

import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttProperties.MqttPropertyType;
import java.time.Duration;
import java.util.Optional;
import org.linli.edge.intake.Address;
import org.linli.edge.intake.mqtt.access.Rights;

/**
 * The will of a client: MQTT 5 section 3.1.2.5.
 *
 * @param source the client's name for people
 * @param client its client id
 * @param delay how long after the end of the connection it is published, unless the client is back
 */
record Will(String source, String client, String topic, byte[] payload, Duration delay) {

  /** Bytes that a will takes besides its payload and its names. */
  private static final int OVERHEAD = 256;

  static Optional<Will> of(MqttConnectMessage connect, Session session) {
    if (!connect.variableHeader().isWillFlag()) {
      return Optional.empty();
    }
    int seconds =
        Session.integer(
            connect.payload().willProperties(), MqttPropertyType.WILL_DELAY_INTERVAL, 0);
    byte[] payload = connect.payload().willMessageInBytes();
    return Optional.of(
        new Will(
            session.source(),
            session.clientId(),
            connect.payload().willTopic(),
            payload == null ? new byte[0] : payload,
            Duration.ofSeconds(Integer.toUnsignedLong(seconds))));
  }

  /** Bytes of the payload and characters of the topic. */
  int length() {
    return payload.length + topic.length();
  }

  /** Approximate bytes in memory: it is kept whole for as long as its client is connected. */
  int size() {
    return length() + client.length() + OVERHEAD;
  }

  Address address() {
    return Address.published(topic, client);
  }

  /** Whether its client has the right to publish it. */
  boolean isWithin(Rights rights) {
    return rights.mayPublish(address());
  }

  /** Whether the topic is valid for publishing: MQTT 5 section 4.7. */
  boolean hasTopic() {
    return !topic.isEmpty()
        && topic.length() <= Address.LONGEST_TOPIC
        && topic.chars().noneMatch(c -> c == '+' || c == '#' || c == 0);
  }
}
