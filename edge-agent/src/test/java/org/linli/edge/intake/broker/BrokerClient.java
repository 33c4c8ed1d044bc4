package org.linli.edge.intake.broker;

import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.jspecify.annotations.Nullable;
import org.linli.program.mqtt.Mosquitto;

/** Another client of the broker: a device, or somebody who takes the gateway's session. */
final class BrokerClient implements AutoCloseable, MqttCallback {

  private static final long PATIENCE_MILLIS = 5_000;

  private final MqttAsyncClient client;
  private final BlockingQueue<MqttMessage> received = new LinkedBlockingQueue<>();

  private BrokerClient(Mosquitto broker, String clientId, boolean clean) throws MqttException {
    client =
        new MqttAsyncClient("tcp://127.0.0.1:" + broker.port(), clientId, new MemoryPersistence());
    client.setManualAcks(true);
    client.setCallback(this);
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setAutomaticReconnect(false);
    options.setCleanStart(clean);
    options.setSessionExpiryInterval(clean ? 0L : 3_600L);
    client.connect(options).waitForCompletion(PATIENCE_MILLIS);
  }

  /** A device that publishes. */
  static BrokerClient device(Mosquitto broker, String clientId) throws MqttException {
    return new BrokerClient(broker, clientId, true);
  }

  /** Somebody by the gateway's client id: what the broker still has for it comes here. */
  static BrokerClient inPlaceOf(String clientId, Mosquitto broker) throws MqttException {
    return new BrokerClient(broker, clientId, false);
  }

  /** Somebody by the gateway's client id who makes the broker forget the session. */
  static void forget(String clientId, Mosquitto broker) throws MqttException {
    new BrokerClient(broker, clientId, true).close();
  }

  private static boolean isTooManyInFlight(Throwable thrown) {
    return thrown instanceof MqttException refused
        && refused.getReasonCode() == MqttClientException.REASON_CODE_MAX_INFLIGHT;
  }

  void publish(String topic, String payload, int qos) throws MqttException {
    publish(topic, payload, qos, false);
  }

  void publish(String topic, String payload, int qos, boolean retained) throws MqttException {
    // Paho completes a token before it counts the message as out of flight.
    IMqttToken sent =
        await()
            .ignoreExceptionsMatching(BrokerClient::isTooManyInFlight)
            .until(
                () ->
                    client.publish(topic, payload.getBytes(StandardCharsets.UTF_8), qos, retained),
                Objects::nonNull);
    sent.waitForCompletion(PATIENCE_MILLIS);
  }

  /** Publishes with a user property (MQTT 5 section 3.3.2.3.7). */
  void publishWith(String topic, String payload, String name, String value) throws MqttException {
    MqttMessage message = new MqttMessage(payload.getBytes(StandardCharsets.UTF_8));
    message.setQos(1);
    MqttProperties properties = new MqttProperties();
    properties.setUserProperties(List.of(new UserProperty(name, value)));
    message.setProperties(properties);
    client.publish(topic, message).waitForCompletion(PATIENCE_MILLIS);
  }

  /** The next message that comes, which is not acknowledged; null after so many milliseconds. */
  @Nullable MqttMessage receive(long millis) throws InterruptedException {
    return received.poll(millis, TimeUnit.MILLISECONDS);
  }

  @Override
  public void messageArrived(String topic, MqttMessage message) {
    received.add(message);
  }

  @Override
  public void close() throws MqttException {
    try {
      if (client.isConnected()) {
        client.disconnect(0).waitForCompletion(PATIENCE_MILLIS);
      }
    } catch (MqttException takenOver) {
      // The gateway came back in that instant, which is just as well.
    } finally {
    }
  }

  @Override
  public void disconnected(MqttDisconnectResponse response) {}

  @Override
  public void mqttErrorOccurred(MqttException exception) {}

  @Override
  public void deliveryComplete(IMqttToken token) {}

  @Override
  public void connectComplete(boolean reconnect, String serverUri) {}

  @Override
  public void authPacketArrived(int reasonCode, MqttProperties properties) {}
}
