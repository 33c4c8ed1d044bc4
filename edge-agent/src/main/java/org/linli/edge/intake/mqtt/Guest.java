package org.linli.edge.intake.mqtt;

import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import java.time.Duration;
import org.linli.edge.intake.mqtt.Admission.Welcome;

/**
 * A client that was let in, and who does what it asks for.
 *
 * @param expiry how long the session goes on when the connection ends
 */
record Guest(
    Welcome welcome,
    Publications publications,
    Subscriptions subscriptions,
    Deliveries deliveries,
    Duration expiry) {

  Session session() {
    return welcome.session();
  }

  Guest expiring(Duration other) {
    return new Guest(welcome, publications, subscriptions, deliveries, other);
  }

  /** False for a packet that no client sends now. */
  boolean received(MqttMessage message) {
    return switch (message) {
      case MqttPublishMessage publish -> {
        publications.published(publish);
        yield true;
      }
      case MqttSubscribeMessage subscribe -> {
        subscriptions.subscribe(subscribe);
        yield true;
      }
      case MqttUnsubscribeMessage unsubscribe -> {
        subscriptions.unsubscribe(unsubscribe);
        yield true;
      }
      default -> receivedBare(message);
    };
  }

  private boolean receivedBare(MqttMessage message) {
    if (!(message.variableHeader() instanceof MqttMessageIdVariableHeader header)) {
      return false;
    }
    MqttMessageType type = message.fixedHeader().messageType();
    if (type == MqttMessageType.PUBREL) {
      publications.released(header.messageId());
    } else if (type == MqttMessageType.PUBACK) {
      deliveries.acknowledged(header.messageId());
    }
    return type == MqttMessageType.PUBREL || type == MqttMessageType.PUBACK;
  }
}
