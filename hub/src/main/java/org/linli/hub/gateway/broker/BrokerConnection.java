package org.linli.hub.gateway.broker;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.jspecify.annotations.Nullable;
import org.linli.event.UplinkTopics;
import org.linli.hub.gateway.entrance.GatewayMessage;
import org.linli.hub.gateway.entrance.GatewaySettings;
import org.linli.program.log.RateLimitedLog;
import org.linli.program.mqtt.MqttAccount;
import org.linli.program.mqtt.PahoConnection;
import org.linli.program.mqtt.PahoSockets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to a broker. The client's callbacks only put signals into a queue; the owner of
 * the connection takes them from there, in order.
 */
class BrokerConnection implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(BrokerConnection.class);
  private static final RateLimitedLog limited = RateLimitedLog.of(log);
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);
  private static final int AT_LEAST_ONCE = 1;
  private static final int ANY_NUMBER = 65_535;

  private final BrokerSignals signals;
  private final PahoConnection connection;

  /**
   * Each gateway's worker acknowledges and publishes, and the client does not promise to be safe
   * for several threads.
   */
  private final ReentrantLock sending = new ReentrantLock();

  /**
   * Limits what the broker has not acknowledged yet: the client refuses more than its Receive
   * Maximum. The limit is half of that, because the client counts a message for a moment longer
   * than it reports it.
   */
  private final Semaphore room = new Semaphore(0, true);

  /**
   * Connects with the session that the broker kept, and subscribes to the topics of every gateway.
   *
   * @param receiveMaximum most messages that wait here at once (MQTT 5 Receive Maximum)
   * @param mostBytes the bytes of heap that these may take
   * @throws MqttException when the broker cannot be reached or refuses
   */
  BrokerConnection(URI broker, GatewaySettings settings, int receiveMaximum, long mostBytes)
      throws MqttException {
    signals = new BrokerSignals(mostBytes);
    connection =
        new PahoConnection(
            new MqttAccount(
                broker, settings.brokerClient(), settings.brokerUser(), settings.brokerPassword()),
            session(settings, receiveMaximum),
            new PahoSockets(settings.maxBatch().toBytes(), "linli.gateway.max-batch"),
            PahoConnection.Acknowledgement.BY_HAND,
            new Reporting());
    room.release(Math.max(1, connection.receiveMaximum() / 2));
    int[] _ =
        connection.subscribe(
            List.of(
                new MqttSubscription(UplinkTopics.EVERY_STATUS, AT_LEAST_ONCE),
                new MqttSubscription(UplinkTopics.EVERY_BATCH, AT_LEAST_ONCE)));
  }

  private static MqttConnectionOptions session(GatewaySettings settings, int receiveMaximum) {
    MqttConnectionOptions session = new MqttConnectionOptions();
    session.setCleanStart(false);
    session.setSessionExpiryInterval(settings.brokerSession().toSeconds());
    session.setReceiveMaximum(receiveMaximum);
    session.setKeepAliveInterval(Math.toIntExact(KEEP_ALIVE.toSeconds()));
    return session;
  }

  /** Waits for the next signal, at most this long; returns null if there was none. */
  BrokerSignals.@Nullable Signal next(Duration longest) throws InterruptedException {
    return signals.next(longest);
  }

  /**
   * Publishes a message. It waits, at most 10 s, while the broker has as many unacknowledged
   * messages as it accepts. Safe for any thread but the client's.
   */
  void publish(String topic, byte[] payload) throws MqttException {
    awaitRoom();
    boolean sent = false;
    sending.lock();
    try {
      connection.publish(
          topic, new MqttMessage(payload, AT_LEAST_ONCE, false, null), new Acknowledged());
      sent = true;
    } finally {
      sending.unlock();
      if (!sent) {
        room.release();
      }
    }
  }

  private void awaitRoom() throws MqttException {
    try {
      if (room.tryAcquire(PahoConnection.ANSWER_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new MqttException(MqttClientException.REASON_CODE_MAX_INFLIGHT);
  }

  private final class Acknowledged implements MqttActionListener {

    @Override
    public void onSuccess(IMqttToken token) {
      room.release();
    }

    @Override
    public void onFailure(IMqttToken token, Throwable cause) {
      room.release();
    }
  }

  /** Acknowledges a message. Safe for any thread. */
  void acknowledge(GatewayMessage message) throws MqttException {
    sending.lock();
    try {
      connection.acknowledge(message.id(), message.qos());
    } finally {
      sending.unlock();
    }
  }

  /** Closes the connection; the broker keeps the session. */
  @Override
  public void close() {
    try {
      connection.close();
    } finally {
      // Threads that wait for room learn that the connection is gone.
      room.release(ANY_NUMBER);
    }
  }

  /** Never blocks, because the client's own threads wait for it. */
  private final class Reporting implements PahoConnection.Callback {

    @Override
    public void arrived(String topic, MqttMessage message) {
      if (message.getQos() == 0 && !message.isRetained()) {
        // A real gateway does not send QoS 0, and Receive Maximum does not limit such messages.
        limited
            .atWarn("QoS 0")
            .addKeyValue("topic", topic)
            .log("Passed over a message of QoS 0; gateways send at QoS 1");
        return;
      }
      if (!signals.arrived(topic, GatewayMessage.of(message))) {
        limited
            .atWarn("no room")
            .log("Passed over messages of a broker, as too much of it waits; gateways send again");
      }
    }

    @Override
    public void lost(String why) {
      signals.lost(why);
    }
  }
}
