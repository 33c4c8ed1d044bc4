package org.linli.edge.intake.mqtt;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** A device with an MQTT 5 library. */
final class PahoDevice implements AutoCloseable, MqttCallback {

  private final MqttAsyncClient client;
  private final List<Integer> disconnects = new CopyOnWriteArrayList<>();

  PahoDevice(int port, String clientId) throws MqttException {
    client = new MqttAsyncClient("tcp://127.0.0.1:" + port, clientId, new MemoryPersistence());
    client.setCallback(this);
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setAutomaticReconnect(false);
    options.setRequestProblemInfo(true);
    client.connect(options).waitForCompletion(5_000);
  }

  MqttAsyncClient client() {
    return client;
  }

  /** The reason codes of the DISCONNECTs that it got. */
  List<Integer> disconnects() {
    return disconnects;
  }

  IMqttToken publish(String topic, String payload, int qos) throws MqttException {
    return client.publish(topic, payload.getBytes(StandardCharsets.UTF_8), qos, false);
  }

  @Override
  public void disconnected(MqttDisconnectResponse response) {
    disconnects.add(response.getReturnCode());
  }

  @Override
  public void mqttErrorOccurred(MqttException exception) {}

  @Override
  public void messageArrived(String topic, MqttMessage message) {}

  @Override
  public void deliveryComplete(IMqttToken token) {}

  @Override
  public void connectComplete(boolean reconnect, String serverUri) {}

  @Override
  public void authPacketArrived(int reasonCode, MqttProperties properties) {}

  @Override
  public void close() throws MqttException {
    // Not closed beyond that: Paho's thread that reads may still be at an acknowledgement then.
    client.disconnectForcibly(0, 500, false);
  }
}
