package org.linli.sims.process;

import java.nio.charset.StandardCharsets;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;

/** Eclipse Paho's two clients, which share their class names. */
final class Paho {

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
