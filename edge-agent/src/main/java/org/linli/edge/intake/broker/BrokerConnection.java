package org.linli.edge.intake.broker;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.MqttReturnCode;
import org.jspecify.annotations.Nullable;
import org.linli.program.mqtt.PacketRefusedException;
import org.linli.program.mqtt.PahoSockets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to a broker (MQTT 5), with the session that the broker keeps. The client
 * acknowledges nothing by itself. It would answer QoS 2 before a message is on disk, so QoS 2 is
 * never subscribed to.
 */
class BrokerConnection implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(BrokerConnection.class);
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);
  private static final Duration ANSWER_WAIT = Duration.ofSeconds(10);
  private static final Duration FAREWELL_WAIT = Duration.ofSeconds(2);
  private static final int AT_LEAST_ONCE = 1;
  private static final int FIRST_ERROR = 0x80;

  /** Retained messages come with a new subscription only (MQTT 5 section 3.8.3.1). */
  private static final int RETAINED_IF_NEW = 1;

  private final BrokerSettings settings;
  private final String clientId;
  private final PahoSockets sockets;
  private final MqttAsyncClient client;
  private final boolean sessionPresent;
  private final @Nullable Duration grantedExpiry;

  /** Receives events from the client's threads. Only {@link #arrived} may block. */
  interface Listener {

    /** A message came. */
    void arrived(String topic, MqttMessage message) throws InterruptedException;

    /** The connection has ended. */
    void lost(String why);
  }

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
  BrokerConnection(BrokerSettings settings, String clientId, Listener listener)
      throws MqttException, RefusedByBrokerException {
    this.settings = settings;
    this.clientId = clientId;
    sockets = new PahoSockets(settings.maxMessageSize().toBytes(), "linli.broker.max-message-size");
    client = new MqttAsyncClient(settings.tcp(), clientId, new MemoryPersistence());
    client.setManualAcks(true);
    client.setCallback(new Reporting(listener));
    try {
      IMqttToken connected = client.connect(options());
      connected.waitForCompletion(ANSWER_WAIT.toMillis());
      sessionPresent = connected.getSessionPresent();
      MqttProperties granted = connected.getResponseProperties();
      Long seconds = granted == null ? null : granted.getSessionExpiryInterval();
      grantedExpiry = seconds == null ? null : Duration.ofSeconds(seconds);
    } catch (MqttException e) {
      close();
      throw refusalOr(e);
    }
  }

  private MqttConnectionOptions options() {
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setSocketFactory(sockets);
    options.setAutomaticReconnect(false);
    options.setCleanStart(false);
    options.setSessionExpiryInterval(settings.sessionExpiry().toSeconds());
    options.setReceiveMaximum(settings.inFlight());
    options.setMaximumPacketSize(settings.maxMessageSize().toBytes());
    options.setKeepAliveInterval(Math.toIntExact(KEEP_ALIVE.toSeconds()));
    options.setConnectionTimeout(Math.toIntExact(ANSWER_WAIT.toSeconds()));
    if (settings.username() != null) {
      options.setUserName(settings.username());
    }
    if (settings.password() != null) {
      options.setPassword(settings.password().getBytes(StandardCharsets.UTF_8));
    }
    return options;
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
    return sessionPresent;
  }

  /**
   * How long the broker keeps the session, if that differs from the requested time; null otherwise.
   */
  @Nullable Duration grantedExpiry() {
    return grantedExpiry;
  }

  /**
   * Subscribes at QoS 1.
   *
   * @return the topics that were refused or granted at a lower QoS
   */
  List<Shortcoming> subscribe(List<String> topics) throws MqttException {
    MqttSubscription[] subscriptions =
        topics.stream().map(BrokerConnection::subscription).toArray(MqttSubscription[]::new);
    IMqttToken answer = client.subscribe(subscriptions);
    answer.waitForCompletion(ANSWER_WAIT.toMillis());
    int[] codes = answer.getReasonCodes();
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

  void acknowledge(Delivery delivery) throws MqttException {
    if (delivery.qos() > 0) {
      client.messageArrivedComplete(delivery.packetId(), delivery.qos());
    }
  }

  /** Disconnects. The session stays with the broker. */
  @Override
  public void close() {
    try {
      if (client.isConnected()) {
        client.disconnect(0).waitForCompletion(FAREWELL_WAIT.toMillis());
      }
    } catch (MqttException alreadyGone) {
      log.atDebug().setCause(alreadyGone).log("The connection to the broker ended by itself");
    } finally {
      sockets.close();
    }
  }

  private static final class Reporting implements MqttCallback {

    private final Listener listener;

    Reporting(Listener listener) {
      this.listener = listener;
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) throws InterruptedException {
      listener.arrived(topic, message);
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {
      MqttException cause = response.getException();
      listener.lost(
          cause == null
              ? "it closed the connection with reason code 0x%02X"
                  .formatted(response.getReturnCode())
              : PacketRefusedException.sentenceIn(cause)
                  .orElseGet(() -> String.valueOf(cause.getMessage())));
    }

    @Override
    public void mqttErrorOccurred(MqttException cause) {
      log.atDebug().setCause(cause).log("The client for the broker reports an error");
    }

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean again, String address) {}

    @Override
    public void authPacketArrived(int reason, MqttProperties properties) {}
  }
}
