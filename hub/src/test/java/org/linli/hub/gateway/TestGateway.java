package org.linli.hub.gateway;

import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
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
import org.linli.event.Batch;
import org.linli.event.EquipmentReport;
import org.linli.event.GatewayId;
import org.linli.event.GatewayRegistry;
import org.linli.event.Receipt;
import org.linli.event.UplinkTopics;
import org.linli.event.codec.BatchCodec;
import org.linli.event.codec.EquipmentReportCodec;
import org.linli.event.codec.GatewayRegistryCodec;
import org.linli.event.codec.ReceiptCodec;

/** A gateway as the hub sees one: a real MQTT 5 client that sends what the test tells it to. */
public final class TestGateway implements AutoCloseable {

  private static final int WAIT_MILLIS = 10_000;

  private final UplinkTopics topics;
  private final MqttAsyncClient client;
  private final BlockingQueue<Receipt> receipts = new LinkedBlockingQueue<>();
  private final BlockingQueue<GatewayRegistry> registries = new LinkedBlockingQueue<>();
  private final BlockingQueue<Integer> farewells = new LinkedBlockingQueue<>();

  public TestGateway(int port, String id) throws MqttException {
    this("127.0.0.1", port, id);
  }

  public TestGateway(String host, int port, String id) throws MqttException {
    topics = new UplinkTopics(new GatewayId(id));
    client = new MqttAsyncClient("tcp://" + host + ":" + port, id, new MemoryPersistence());
    client.setCallback(new Listening());
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setAutomaticReconnect(false);
    options.setWill(topics.status(), new MqttMessage(utf8("offline"), 1, true, null));
    client.connect(options).waitForCompletion(WAIT_MILLIS);
    client
        .subscribe(new String[] {topics.receipt(), topics.down()}, new int[] {1, 1})
        .waitForCompletion(WAIT_MILLIS);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  public UplinkTopics topics() {
    return topics;
  }

  /** Comes online as one of several agents that may run under this id. */
  public void comeOnlineAs(String instance) throws MqttException {
    MqttProperties properties = new MqttProperties();
    properties.setUserProperties(
        List.of(
            new UserProperty("instance", instance), new UserProperty("sent-at", "1795410960130")));
    client.publish(topics.status(), new MqttMessage(utf8("online"), 1, true, properties));
  }

  public void say(String status) throws MqttException {
    publish(topics.status(), utf8(status));
  }

  /** The token is complete once the batch was acknowledged. */
  public IMqttToken send(Batch batch) throws MqttException {
    return publish(topics.up(batch.lane()), BatchCodec.encode(batch));
  }

  /** At QoS 0. */
  public void publishUnheld(Batch batch) throws MqttException {
    client
        .publish(topics.up(batch.lane()), BatchCodec.encode(batch), 0, false)
        .waitForCompletion(WAIT_MILLIS);
  }

  /** Says with it what waits behind it. */
  public void sendWaiting(Batch batch, String waiting, String since) throws MqttException {
    MqttProperties properties = new MqttProperties();
    properties.setUserProperties(
        List.of(new UserProperty("waiting", waiting), new UserProperty("waiting-since", since)));
    client.publish(
        topics.up(batch.lane()), new MqttMessage(BatchCodec.encode(batch), 1, false, properties));
  }

  /** Says with it how many dead letters there are. */
  public void publishWithDeadLetters(String topic, byte[] payload, int kept) throws MqttException {
    MqttProperties properties = new MqttProperties();
    properties.setUserProperties(List.of(new UserProperty("dead-letters", Integer.toString(kept))));
    client.publish(topic, new MqttMessage(payload, 1, false, properties));
  }

  /**
   * Says with it what is wrong, and when it was sent.
   *
   * @param trouble empty for nothing
   */
  public void publishWithTrouble(String topic, byte[] payload, long sentAt, String trouble)
      throws MqttException {
    MqttProperties properties = new MqttProperties();
    UserProperty sent = new UserProperty("sent-at", Long.toString(sentAt));
    properties.setUserProperties(
        trouble.isEmpty() ? List.of(sent) : List.of(sent, new UserProperty("trouble", trouble)));
    client.publish(topic, new MqttMessage(payload, 1, topic.equals(topics.status()), properties));
  }

  /**
   * At QoS 1. The library counts what is under way on a thread of its own, which comes behind where
   * the machine has much to do: it may refuse what is allowed by then.
   */
  public IMqttToken publish(String topic, byte[] payload) throws MqttException {
    try {
      return client.publish(topic, payload, 1, topic.equals(topics.status()));
    } catch (MqttException e) {
      if (e.getReasonCode() != MqttClientException.REASON_CODE_MAX_INFLIGHT) {
        throw e;
      }
      await()
          .atMost(Duration.ofMillis(WAIT_MILLIS))
          .until(() -> client.getInFlightMessageCount() == 0);
      return client.publish(topic, payload, 1, topic.equals(topics.status()));
    }
  }

  public int[] subscribe(String filter) throws MqttException {
    IMqttToken token = client.subscribe(filter, 1);
    try {
      token.waitForCompletion(WAIT_MILLIS);
    } catch (MqttException refused) {
      return new int[] {refused.getReasonCode()};
    }
    return token.getReasonCodes();
  }

  public Receipt receipt() throws InterruptedException {
    Receipt receipt = receipts.poll(WAIT_MILLIS, TimeUnit.MILLISECONDS);
    if (receipt == null) {
      throw new AssertionError("no receipt came within " + WAIT_MILLIS + " ms");
    }
    return receipt;
  }

  /** Waits for this receipt, after whatever others. */
  public void awaitReceipt(Receipt wanted) throws InterruptedException {
    Receipt heard = receipt();
    while (!heard.equals(wanted)) {
      heard = receipt();
    }
  }

  /** Tells what it hears, and which registry it goes by. */
  public IMqttToken report(EquipmentReport report) throws MqttException {
    return publish(topics.equipment(), EquipmentReportCodec.encode(report));
  }

  /** What it was told of the registry next. */
  public GatewayRegistry registry() throws InterruptedException {
    GatewayRegistry registry = registries.poll(WAIT_MILLIS, TimeUnit.MILLISECONDS);
    if (registry == null) {
      throw new AssertionError("no registry came within " + WAIT_MILLIS + " ms");
    }
    return registry;
  }

  public boolean hasReceipt() {
    return !receipts.isEmpty();
  }

  /** The reason code of the DISCONNECT, or -1 where the connection ended without one. */
  public int farewell() throws InterruptedException {
    Integer code = farewells.poll(WAIT_MILLIS, TimeUnit.MILLISECONDS);
    if (code == null) {
      throw new AssertionError("the connection still stands after " + WAIT_MILLIS + " ms");
    }
    return code;
  }

  @Override
  public void close() throws MqttException {
    if (client.isConnected()) {
      client.disconnect(0).waitForCompletion(WAIT_MILLIS);
    }
  }

  private final class Listening implements MqttCallback {

    @Override
    public void messageArrived(String topic, MqttMessage message) {
      if (GatewayRegistryCodec.decode(message.getPayload())
          instanceof GatewayRegistryCodec.Decoded.Read(GatewayRegistry registry)) {
        registries.add(registry);
      } else if (ReceiptCodec.decode(message.getPayload())
          instanceof ReceiptCodec.Decoded.Read(Receipt receipt)) {
        receipts.add(receipt);
      }
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {
      farewells.add(response.getReturnCode());
    }

    @Override
    public void mqttErrorOccurred(MqttException exception) {}

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String serverUri) {}

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {}
  }
}
