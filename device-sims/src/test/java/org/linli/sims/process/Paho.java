package org.linli.sims.process;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** Eclipse Paho's two clients, which share their class names. */
final class Paho {

  private static final int PATIENCE_SECONDS = 10;

  private Paho() {}

  /** Publishes over MQTT 5 and returns when the handshake of the quality of service is done. */
  static void publishFive(int port, String topic, int qos, String json) throws MqttException {
    MqttClient client =
        new MqttClient("tcp://127.0.0.1:" + port, "paho-5-" + qos, new MemoryPersistence());
    client.connect();
    client.publish(topic, json.getBytes(StandardCharsets.UTF_8), qos, false);
    client.disconnect();
    client.close();
  }

  /** Subscribes over MQTT 5: whether the first that came is retained, its quality, its content. */
  static String hearFive(int port, String clientId, String topic)
      throws MqttException, InterruptedException {
    MqttClient client =
        new MqttClient("tcp://127.0.0.1:" + port, clientId, new MemoryPersistence());
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    client.setCallback(new Hearing(heard));
    client.connect();
    client.subscribe(topic, 1);
    String first = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    client.disconnect();
    client.close();
    return String.valueOf(first);
  }

  /** The same over MQTT 3.1.1. */
  static String hearThree(int port, String clientId, String topic)
      throws org.eclipse.paho.client.mqttv3.MqttException, InterruptedException {
    org.eclipse.paho.client.mqttv3.MqttClient client =
        new org.eclipse.paho.client.mqttv3.MqttClient(
            "tcp://127.0.0.1:" + port,
            clientId,
            new org.eclipse.paho.client.mqttv3.persist.MemoryPersistence());
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    client.connect();
    client.subscribe(
        topic,
        1,
        (of, message) -> heard.add(message.isRetained() + " " + message.getQos() + " " + message));
    String first = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    client.disconnect();
    client.close();
    return String.valueOf(first);
  }

  /** Takes down what comes. */
  private record Hearing(BlockingQueue<String> heard) implements MqttCallback {

    @Override
    public void messageArrived(String topic, MqttMessage message) {
      heard.add(
          message.isRetained()
              + " "
              + message.getQos()
              + " "
              + new String(message.getPayload(), StandardCharsets.UTF_8));
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

  /** Publishes over MQTT 3.1.1 and returns when the handshake of the quality of service is done. */
  static void publishThree(int port, String topic, int qos, String json)
      throws org.eclipse.paho.client.mqttv3.MqttException {
    org.eclipse.paho.client.mqttv3.MqttClient client =
        new org.eclipse.paho.client.mqttv3.MqttClient(
            "tcp://127.0.0.1:" + port,
            "paho-3-" + qos,
            new org.eclipse.paho.client.mqttv3.persist.MemoryPersistence());
    client.connect();
    client.publish(topic, json.getBytes(StandardCharsets.UTF_8), qos, false);
    client.disconnect();
    client.close();
  }
}
