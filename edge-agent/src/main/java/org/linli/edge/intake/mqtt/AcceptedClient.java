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
import org.linli.edge.intake.mqtt.Admission.Accepted;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An accepted client, and the objects that handle its packets.
 *
 * @param expiry how long the session outlives the connection
 */
record AcceptedClient(
    Accepted accepted,
    Publications publications,
    Subscriptions subscriptions,
    Deliveries deliveries,
    Duration expiry) {

  private static final Logger log = LoggerFactory.getLogger(AcceptedClient.class);

  Session session() {
    return accepted.session();
  }

  /**
   * The same with the session expiry of the client's DISCONNECT (MQTT 5 section 3.14.2.2.2).
   *
   * @param most longest expiry of any session
   * @return null if the session was to end with the connection and cannot be prolonged
   */
  @Nullable AcceptedClient expiring(MqttProperties said, Duration most) {
    if (said.getProperty(MqttPropertyType.SESSION_EXPIRY_INTERVAL.value()) == null) {
      return this;
    }
    int seconds = Session.integer(said, MqttPropertyType.SESSION_EXPIRY_INTERVAL, 0);
    return expiry.isZero() && seconds != 0
        ? null
        : new AcceptedClient(
            accepted, publications, subscriptions, deliveries, Session.granted(seconds, most));
  }

  /** At the end of the connection: the session expiry begins. */
  void keepSession(DeviceSessions sessions) {
    if (accepted.opened().isKept()) {
      sessions.left(accepted.opened().number(), expiry);
    }
  }

  /**
   * Called after the client's place is free, because a will is tried again only if the client is
   * not back.
   */
  void left(ConnectionEnd ending, Wills wills) {
    publications.ended();
    deliveries.ended();
    log.atDebug()
        .addKeyValue("source", session().source())
        .addKeyValue("ending", ending)
        .log("The connection of a device is at its end");
    Will will = accepted.will();
    if (will != null && ending.leavesWill()) {
      wills.left(session().clientId(), will, expiry);
    } else if (will != null) {
      wills.dropped(will);
    }
  }

  /** Handles a packet. False for one that a client may not send now. */
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
