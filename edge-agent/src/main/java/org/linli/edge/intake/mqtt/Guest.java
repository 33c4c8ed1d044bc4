package org.linli.edge.intake.mqtt;

import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.MqttPropertyType;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.DeviceSessions;
import org.linli.edge.intake.mqtt.Admission.Welcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

  private static final Logger log = LoggerFactory.getLogger(Guest.class);

  Session session() {
    return welcome.session();
  }

  /**
   * As a client wants it that says goodbye (MQTT 5 section 3.14.2.2.2).
   *
   * @param most how long any session goes on
   * @return null where the session was to end and cannot be prolonged
   */
  @Nullable Guest expiring(MqttProperties said, Duration most) {
    if (said.getProperty(MqttPropertyType.SESSION_EXPIRY_INTERVAL.value()) == null) {
      return this;
    }
    int seconds = Session.integer(said, MqttPropertyType.SESSION_EXPIRY_INTERVAL, 0);
    return expiry.isZero() && seconds != 0
        ? null
        : new Guest(
            welcome, publications, subscriptions, deliveries, Session.granted(seconds, most));
  }

  /** At the end of the connection: the session goes on for as long as it may. */
  void keepSession(DeviceSessions sessions) {
    if (welcome.opened().isKept()) {
      sessions.left(welcome.opened().number(), expiry);
    }
  }

  /** After its place is free: whether the client is back decides whether a will is tried again. */
  void left(Ending ending, MqttDoor door) {
    publications.ended();
    deliveries.ended();
    log.atDebug()
        .addKeyValue("source", session().source())
        .addKeyValue("ending", ending)
        .log("The connection of a device is at its end");
    Will will = welcome.will();
    if (will != null && ending.leavesWill()) {
      door.wills().left(session().clientId(), will, expiry);
    } else if (will != null) {
      door.wills().dropped(will);
    }
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
