package org.linli.edge.intake.broker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttReturnCode;
import org.jspecify.annotations.Nullable;
import org.linli.program.mqtt.PahoConnection;
import org.linli.program.mqtt.PahoSockets;

/**
 * One connection to a broker (MQTT 5), with the session that the broker keeps. The client
 * acknowledges nothing by itself. It would answer QoS 2 before a message is on disk, so QoS 2 is
 * never subscribed to.
 */
class BrokerConnection implements AutoCloseable {

  private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);
  private static final int AT_LEAST_ONCE = 1;
  private static final int FIRST_ERROR = 0x80;

  /** Retained messages come with a new subscription only (MQTT 5 section 3.8.3.1). */
  private static final int RETAINED_IF_NEW = 1;

  private final BrokerSettings settings;
  private final String clientId;
  private final PahoConnection connection;

  /** A topic that the broker refuses, or grants at a lower QoS. */
  record Shortcoming(String topic, int code) {

    /**
     * Whether the topic is refused. Otherwise its messages come, but are not sent again after a
     * failure.
     */
    boolean isRefusal() {
      return code >= FIRST_ERROR;
    }
  }

  /**
   * Connects. Nothing is subscribed to yet, but the broker begins to send what the session holds.
   *
   * @throws RefusedByBrokerException when the broker refuses the connection
   * @throws MqttException when the broker cannot be reached
   */
  BrokerConnection(
      BrokerSettings settings,
      LargeMessages large,
      String clientId,
      PahoConnection.Callback callback)
      throws MqttException, RefusedByBrokerException {
    this.settings = settings;
    this.clientId = clientId;
    try {
      connection =
          new PahoConnection(
              settings.account(clientId),
              session(settings),
              new PahoSockets(
                  settings.maxMessageSize().toBytes(), "linli.broker.max-message-size", large),
              PahoConnection.Acknowledgement.BY_HAND,
              callback);
    } catch (MqttException e) {
      throw refusalOr(e);
    }
  }

  private static MqttConnectionOptions session(BrokerSettings settings) {
    MqttConnectionOptions session = new MqttConnectionOptions();
    session.setCleanStart(false);
    session.setSessionExpiryInterval(settings.sessionExpiry().toSeconds());
    session.setReceiveMaximum(settings.inFlight());
    session.setKeepAliveInterval(Math.toIntExact(KEEP_ALIVE.toSeconds()));
    return session;
  }

  private MqttException refusalOr(MqttException e) throws RefusedByBrokerException {
    int code = e.getReasonCode();
    switch (code) {
      case MqttReturnCode.RETURN_CODE_BAD_USERNAME_OR_PASSWORD,
          MqttReturnCode.RETURN_CODE_NOT_AUTHORIZED,
          MqttReturnCode.RETURN_CODE_BANNED ->
          throw new RefusedByBrokerException(
              "The broker at %s does not let client %s in (0x%02X): set linli.broker.username and linli.broker.password to a user that it knows"
                  .formatted(settings.where(), clientId, code),
              e);
      case MqttReturnCode.RETURN_CODE_IDENTIFIER_NOT_VALID ->
          throw new RefusedByBrokerException(
              "The broker at %s does not take the client id %s (0x85): set linli.broker.client-id to one that it takes"
                  .formatted(settings.where(), clientId),
              e);
      case MqttReturnCode.RETURN_CODE_UNSUPPORTED_PROTOCOL_VERSION ->
          throw new RefusedByBrokerException(
              "The broker at %s does not speak MQTT 5 (0x84), which the agent needs: set linli.broker.uri to one that does"
                  .formatted(settings.where()),
              e);
      default -> {
        return e;
      }
    }
  }

  /** Whether the broker still knew the session. */
  boolean sessionPresent() {
    return connection.sessionPresent();
  }

  /**
   * How long the broker keeps the session, if that differs from the requested time; null otherwise.
   */
  @Nullable Duration grantedExpiry() {
    return connection.grantedExpiry();
  }

  /**
   * Subscribes at QoS 1.
   *
   * @return the topics that were refused or granted at a lower QoS
   */
  List<Shortcoming> subscribe(List<String> topics) throws MqttException {
    int[] codes =
        connection.subscribe(topics.stream().map(BrokerConnection::subscription).toList());
    List<Shortcoming> shortcomings = new ArrayList<>();
    for (int i = 0; i < topics.size(); i++) {
      int code = i < codes.length ? codes[i] : MqttReturnCode.RETURN_CODE_UNSPECIFIED_ERROR;
      if (code != AT_LEAST_ONCE) {
        shortcomings.add(new Shortcoming(topics.get(i), code));
      }
    }
    return shortcomings;
  }

  private static MqttSubscription subscription(String topic) {
    MqttSubscription subscription = new MqttSubscription(topic, AT_LEAST_ONCE);
    subscription.setRetainHandling(RETAINED_IF_NEW);
    return subscription;
  }

  void acknowledge(BrokerReply delivery) throws MqttException {
    connection.acknowledge(delivery.packetId(), delivery.qos());
  }

  /** Disconnects. The session stays with the broker. */
  @Override
  public void close() {
    connection.close();
  }
}
