package org.linli.sims.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.MqttServer;
import io.vertx.mqtt.MqttServerOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.paho.mqttv5.client.IMqttMessageListener;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.linli.event.Batch;
import org.linli.event.Digest;
import org.linli.event.GatewayId;
import org.linli.event.Lane;
import org.linli.event.LaneLedger;
import org.linli.event.codec.BatchCodec;
import org.linli.sims.fault.BatchMischief.Deed;

/** Between a real client and a real server of MQTT 5 that others wrote. */
class BatchMischiefTest {

  private static final String BATCHES = "linli/1/gateway-1/up/bulk";
  private static final String RECEIPTS = "linli/1/gateway-1/receipt";

  private final Vertx vertx = Vertx.vertx();
  private final List<String> atHub = new CopyOnWriteArrayList<>();
  private final List<String> atGateway = new CopyOnWriteArrayList<>();
  private final List<Integer> acknowledgedByGateway = new CopyOnWriteArrayList<>();
  private final AtomicReference<MqttEndpoint> endpoint = new AtomicReference<>();
  private final BatchMischief mischief = new BatchMischief(1);
  private MqttServer server;
  private TcpProxy proxy;
  private MqttClient client;

  @BeforeEach
  void start() throws Exception {
    server =
        MqttServer.create(
                vertx,
                new MqttServerOptions().setHost("127.0.0.1").setPort(0).setMaxMessageSize(100_000))
            .endpointHandler(
                connected -> {
                  connected.publishAcknowledgeHandler(acknowledgedByGateway::add);
                  connected.subscribeHandler(
                      subscribe ->
                          connected.subscribeAcknowledge(
                              subscribe.messageId(), List.of(MqttQoS.AT_LEAST_ONCE)));
                  connected.publishHandler(
                      message -> {
                        atHub.add(message.payload().toString(StandardCharsets.ISO_8859_1));
                        connected.publishAcknowledge(message.messageId());
                      });
                  connected.accept(false);
                  endpoint.set(connected);
                })
            .listen()
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
    proxy = TcpProxy.start(0, server.actualPort(), 1, mischief::tampering);
    client =
        new MqttClient("tcp://127.0.0.1:" + proxy.port(), "gateway-1", new MemoryPersistence());
    client.setTimeToWait(10_000);
    client.connect();
    IMqttMessageListener listener =
        (topic, message) ->
            atGateway.add(new String(message.getPayload(), StandardCharsets.ISO_8859_1));
    client.subscribe(
        new MqttSubscription[] {new MqttSubscription(RECEIPTS, 1)},
        new IMqttMessageListener[] {listener});
  }

  @AfterEach
  void stop() throws Exception {
    client.disconnectForcibly(0, 0, false);
    client.close();
    proxy.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  /** Returns when it is acknowledged. */
  private void publish(String payload) throws MqttException {
    client.publish(
        BATCHES, new MqttMessage(payload.getBytes(StandardCharsets.ISO_8859_1), 1, false, null));
  }

  private void receipt(String payload) {
    endpoint.get().publish(RECEIPTS, Buffer.buffer(payload), MqttQoS.AT_LEAST_ONCE, false, false);
  }

  @Test
  void withoutADeedEverythingPassesAsItIs() throws MqttException {
    publish("1");
    publish("2".repeat(40_000));
    receipt("r");
    assertThat(atHub).containsExactly("1", "2".repeat(40_000));
    await().untilAsserted(() -> assertThat(atGateway).containsExactly("r"));
  }

  @Test
  void aTopicThatIsOnlyNamedByItsAliasIsKnown() throws Exception {
    byte[] first = TestPackets.publish(BATCHES, 1, 7);
    byte[] second = TestPackets.publish("", 2, 7);
    List<MqttPacket> passed = new CopyOnWriteArrayList<>();
    mischief.arrange(Deed.LOSE_BATCH, 1);
    Tampering tampering = mischief.tampering();
    for (byte[] packet : List.of(first, second)) {
      tampering.pass(true, packet, sent -> passed.add(new MqttPacket(sent)), back -> {});
    }
    assertThat(mischief.done(Deed.LOSE_BATCH)).isEqualTo(1);
    assertThat(passed)
        .singleElement()
        .satisfies(packet -> assertThat(packet.bytes()).isEqualTo(TestPackets.publish(BATCHES, 2)));
  }

  @Test
  void aLostBatchIsAcknowledgedAndNeverComes() throws MqttException {
    mischief.arrange(Deed.LOSE_BATCH, 1);
    publish("lost");
    publish("there");
    assertThat(atHub).containsExactly("there");
    assertThat(mischief.done(Deed.LOSE_BATCH)).isEqualTo(1);
  }

  @Test
  void aRepeatedBatchComesTwiceAndIsAcknowledgedOnce() throws MqttException {
    mischief.arrange(Deed.REPEAT, 1);
    publish("twice");
    publish("once");
    await().untilAsserted(() -> assertThat(atHub).containsExactly("twice", "twice", "once"));
    assertThat(client.isConnected()).isTrue();
  }

  @Test
  void aForgedBatchClaimsTheSameSequenceByAnotherHistory() throws MqttException {
    Batch batch =
        new Batch(
            new GatewayId("gateway-1"),
            3,
            Lane.BULK,
            7,
            9,
            Digest.NONE,
            new Digest(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}),
            LaneLedger.EMPTY,
            List.of(),
            List.of());
    mischief.arrange(Deed.FORGE, 1);
    client.publish(BATCHES, new MqttMessage(BatchCodec.encode(batch), 1, false, null));
    await().until(() -> atHub.size() == 2);
    List<Batch> heard = atHub.stream().map(BatchMischiefTest::decoded).toList();
    assertThat(heard.getFirst()).isEqualTo(batch);
    assertThat(heard.getLast().last()).isEqualTo(batch.last());
    assertThat(heard.getLast().digest()).isNotEqualTo(batch.digest());

    publish("what is no batch");
    assertThat(mischief.done(Deed.FORGE)).isEqualTo(1);
  }

  private static Batch decoded(String payload) {
    return BatchCodec.decode(payload.getBytes(StandardCharsets.ISO_8859_1))
            instanceof BatchCodec.Decoded.Read(Batch batch)
        ? batch
        : Assertions.fail("no batch: " + payload);
  }

  @Test
  void aReplayedBatchComesAfterALaterOne() throws MqttException {
    publish("old");
    mischief.arrange(Deed.REPLAY, 1);
    publish("new");
    await().untilAsserted(() -> assertThat(atHub).hasSize(3));
    assertThat(atHub.subList(0, 2)).containsExactly("old", "new");
    assertThat(atHub.get(2)).isIn("old", "new");
  }

  @Test
  void swappedBatchesComeInTheOtherOrderAndALastOneComesByItself() throws IOException {
    mischief.arrange(Deed.SWAP, 1);
    Tampering tampering = mischief.tampering();
    List<Integer> passed = new CopyOnWriteArrayList<>();
    try {
      for (int id : new int[] {1, 2, 3}) {
        tampering.pass(
            true,
            TestPackets.publish(BATCHES, id),
            packet -> passed.add(new MqttPacket(packet).packetId()),
            back -> {});
      }
      assertThat(passed).containsExactly(2, 1, 3);

      mischief.arrange(Deed.SWAP, 1);
      tampering.pass(
          true,
          TestPackets.publish(BATCHES, 4),
          packet -> passed.add(new MqttPacket(packet).packetId()),
          back -> {});
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    assertThat(passed).hasSize(3);
    await().untilAsserted(() -> assertThat(passed).endsWith(3, 4));
  }

  @Test
  void aCorruptBatchDiffersInOneBit() throws MqttException {
    mischief.arrange(Deed.CORRUPT, 1);
    publish("aaaaaaaaaa");
    assertThat(atHub)
        .singleElement()
        .satisfies(
            text -> {
              assertThat(text).hasSize(10);
              assertThat(text.chars().map(c -> Integer.bitCount(c ^ 'a')).sum()).isEqualTo(1);
            });
  }

  @Test
  void aLostReceiptIsAcknowledgedToTheHubAndNeverComes() {
    mischief.arrange(Deed.LOSE_RECEIPT, 1);
    receipt("lost");
    receipt("there");
    await().untilAsserted(() -> assertThat(atGateway).containsExactly("there"));
    await().untilAsserted(() -> assertThat(acknowledgedByGateway).hasSize(2));
  }
}
