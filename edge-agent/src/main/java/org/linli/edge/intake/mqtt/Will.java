package org.linli.edge.intake.mqtt;

import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttProperties.MqttPropertyType;
import java.time.Duration;
import java.util.Optional;
import org.linli.edge.intake.Address;

/**
 * What a client wants said when it vanishes: MQTT 5 section 3.1.2.5.
 *
 * @param source the client, as people are told of it
 * @param client its client id
 * @param delay how long its being back withdraws the will
 */
record Will(String source, String client, String topic, byte[] payload, Duration delay) {

  /** What a will takes besides its payload and its names. */
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

  /** Bytes of what its client has said it is to be, all in all. */
  int length() {
    return payload.length + topic.length();
  }

  /** What it takes in memory, about: it is kept whole for as long as its client may vanish. */
  int size() {
    return length() + client.length() + OVERHEAD;
  }

  Address address() {
    return Address.published(topic, client);
  }

  /** Whether its client may publish it. */
  boolean isWithin(Rights rights) {
    return rights.mayPublish(address());
  }

  /** Whether something can be published there at all: MQTT 5 section 4.7. */
  boolean hasTopic() {
    return !topic.isEmpty()
        && topic.length() <= Address.LONGEST_TOPIC
        && topic.chars().noneMatch(c -> c == '+' || c == '#' || c == 0);
  }
}
