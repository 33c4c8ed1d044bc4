package org.linli.edge.intake.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.RunningGateway;
import org.linli.edge.intake.RefusalReason;

class MqttDoorTest {

  private static final String OPENED = "{\"type\":\"door.opened\",\"id\":\"%s\"}";

  /** Messages of 40 kB: more than fits into sockets and a window of 16. */
  private static final int FLOOD = 600;

  private static RunningGateway gateway;

  private final List<AutoCloseable> clients = new ArrayList<>();

  @TempDir static Path data;

  @BeforeAll
  static void start() {
    gateway =
        RunningGateway.start(
            data, "--linli.mqtt.in-flight=16", "--linli.mqtt.max-message-size=64KB");
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @AfterEach
  void disconnect() throws Exception {
    for (AutoCloseable client : clients) {
      client.close();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void acknowledgesOnlyAfterTheCommit(int qos) throws Exception {
    Paho device = paho("door-" + qos);
    gateway.valve().close();
    IMqttToken sent = device.publish("linli/access/door-" + qos, OPENED.formatted("a"), qos);
    try {
      await()
          .during(Duration.ofMillis(400))
          .atMost(Duration.ofSeconds(2))
          .until(() -> !sent.isComplete());
    } finally {
      gateway.valve().open();
    }

    sent.waitForCompletion(5_000);
    assertThat(sent.getReasonCodes()).containsOnly(0);
    assertThat(gateway.kept("door-" + qos)).hasSize(1);
  }

  @Test
  void acknowledgesNothingOverMqtt311BeforeTheCommit() throws Exception {
    Raw device = raw("door-311");
    gateway.valve().close();
    try {
      device.publish(1, 7, "linli/access/door-311", OPENED.formatted("a"));
      device.expectSilence(Duration.ofMillis(400));
    } finally {
      gateway.valve().open();
    }

    assertThat(device.read()).containsExactly(0x40, 2, 0, 7);
  }

  @Test
  void acknowledgesInTheOrderOfThePublications() throws Exception {
    Raw device = raw("order");
    gateway.valve().close();
    try {
      for (int id = 1; id <= 10; id++) {
        device.publish(1, id, "linli/access/order", OPENED.formatted(id));
      }
    } finally {
      gateway.valve().open();
    }

    for (int id = 1; id <= 10; id++) {
      assertThat(device.read()).containsExactly(0x40, 2, 0, id);
    }
  }

  @Test
  void takesAQos2MessageOnceAlthoughItIsSentAgainBeforeItsRelease() throws Exception {
    Raw device = raw("lift-2");
    device.publish(2, 9, "linli/elevator/lift-2", "{\"type\":\"overspeed\"}");
    assertThat(device.read()).containsExactly(0x50, 2, 0, 9);
    device.publish(2, 9, "linli/elevator/lift-2", "{\"type\":\"overspeed\"}");
    assertThat(device.read()).containsExactly(0x50, 2, 0, 9);
    device.send(0x62, 2, 0, 9);
    assertThat(device.read()).containsExactly(0x70, 2, 0, 9);

    assertThat(gateway.kept("lift-2")).hasSize(1);
  }

  @Test
  void takesQos0WithoutAnAnswer() throws Exception {
    raw("cam-0").publish(0, 0, "linli/camera/cam-0", "{\"type\":\"object.detected\"}");

    await().untilAsserted(() -> assertThat(gateway.kept("cam-0")).hasSize(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "linli/access/door-1|{\"type\":|153|NOT_JSON|line 1, column 9",
        "linli/access/door-1|{\"values\":{}}|153|MISSING_FIELD|type: is missing",
        "linli/access/door-1|[{\"type\":\"a\"},{\"type\":7}]|153|BAD_FIELD|event 2: type",
        "linli/doors/door-1|{\"type\":\"a\"}|144|UNKNOWN_KIND|kind doors is none of access",
        "linli/access/..1|{\"type\":\"a\"}|144|BAD_DEVICE_ID|two dots in a row",
        "tele/door-1|{\"type\":\"a\"}|144|UNKNOWN_ADDRESS|linli/{kind}/{deviceId}",
      })
  void refusesOverMqtt5WithAReasonOnceTheDeadLetterIsKept(
      String topic, String payload, int code, RefusalReason reason, String detail)
      throws Exception {
    IMqttToken sent = paho("refused").publish(topic, payload, 1);
    await().until(() -> sent.isComplete() || sent.getException() != null);

    assertThat(sent.getReasonCodes()).containsExactly(code);
    assertThat(sent.getResponseProperties().getReasonString()).contains(detail);
    assertThat(gateway.lastDeadLetter())
        .satisfies(
            letter -> {
              assertThat(letter.refusal().reason()).isEqualTo(reason);
              assertThat(letter.source()).isEqualTo("mqtt://refused");
              assertThat(letter.sample()).asString(StandardCharsets.UTF_8).isEqualTo(payload);
            });
    assertThat(gateway.kept("door-1")).as("an array is refused whole").isEmpty();
  }

  @Test
  void endsARefusedQos2ExchangeAtItsPubrec() throws Exception {
    Raw device = raw("refused-2", 5);
    device.publish(2, 4, "linli/doors/x", "{}");

    assertThat(device.read()).startsWith(0x50).contains(0x90);
    device.send(0x62, 2, 0, 4);
    assertThat(device.read()).as("packet id is not known any more").startsWith(0x70).contains(0x92);
  }

  @Test
  void endsAConnectionThatExceedsItsReceiveMaximum() throws Exception {
    Raw device = raw("greedy", 5);
    gateway.valve().close();
    try {
      for (int id = 1; id <= 17; id++) {
        device.publish(1, id, "linli/access/greedy", OPENED.formatted(id));
      }
      assertThat(device.read()).startsWith(0xe0).contains(0x93);
    } finally {
      gateway.valve().open();
    }
  }

  @Test
  void acknowledgesOverMqtt311WhatIsNowADeadLetter() throws Exception {
    Raw device = raw("old");
    device.publish(1, 3, "linli/access/old", "door opened");

    assertThat(device.read()).containsExactly(0x40, 2, 0, 3);
    assertThat(gateway.lastDeadLetter().refusal().reason()).isEqualTo(RefusalReason.NOT_JSON);
  }

  @Test
  void closesTheConnectionUnacknowledgedWhenTheDiskRefuses() throws Exception {
    Paho modern = paho("door-modern");
    Raw old = raw("door-old");
    gateway.valve().breakDisk(true);
    try {
      IMqttToken sent = modern.publish("linli/access/door-modern", OPENED.formatted("a"), 1);
      old.publish(1, 5, "linli/access/door-old", OPENED.formatted("a"));

      await().untilAsserted(() -> assertThat(modern.disconnects).containsExactly(0x97));
      assertThat(old.read()).as("no answer, the end").isEmpty();
      assertThat(sent.getReasonCodes())
          .satisfiesAnyOf(
              codes -> assertThat(codes).isNull(), codes -> assertThat(codes).isEmpty());
    } finally {
      gateway.valve().breakDisk(false);
    }
  }

  @Test
  void closesWithPacketTooLargeWhenAMessageIsTooLarge() throws Exception {
    Paho device = paho("large");
    byte[] tenMegabytes = new byte[10 * 1024 * 1024];

    device.publishAnyway("linli/access/large", tenMegabytes);

    await().untilAsserted(() -> assertThat(device.disconnects).containsExactly(0x95));
    await()
        .untilAsserted(
            () ->
                assertThat(gateway.lastDeadLetter())
                    .satisfies(
                        letter -> {
                          assertThat(letter.refusal().reason()).isEqualTo(RefusalReason.TOO_LARGE);
                          assertThat(letter.refusal().detail()).contains("at most 65536");
                        }));
    IMqttToken next = paho("large").publish("linli/access/large", OPENED.formatted("n"), 1);
    next.waitForCompletion(5_000);
  }

  @Test
  void closesOnAPacketTooLargeOverMqtt311() throws Exception {
    Raw device = raw("large-old");
    // PUBLISH with a remaining length of 256 MB, of which only the beginning ever comes.
    device.send(0x32, 0xff, 0xff, 0xff, 0x7f, 0, 3, 'a', '/', 'b', 0, 1);

    assertThat(device.read()).isEmpty();
  }

  @Test
  void stopsReadingWhileTooMuchWaitsForTheDisk() throws Exception {
    Raw device = raw("flood");
    gateway.valve().close();
    try {
      String values =
          IntStream.range(0, 40)
              .mapToObj(i -> "\"v%d\":\"%s\"".formatted(i, "x".repeat(1_000)))
              .collect(Collectors.joining(","));
      String event = "{\"type\":\"a\",\"values\":{%s}}".formatted(values);
      Thread flood =
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (int i = 0; i < FLOOD; i++) {
                      device.publish(0, 0, "linli/access/flood", event);
                    }
                  });
      await().during(Duration.ofMillis(500)).atMost(Duration.ofSeconds(5)).until(flood::isAlive);
    } finally {
      gateway.valve().open();
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(gateway.kept("flood")).hasSize(FLOOD));
  }

  @Test
  void refusesEverySubscription() throws Exception {
    Raw old = raw("listener");
    old.send(0x82, 8, 0, 1, 0, 3, 'a', '/', '#', 0);
    assertThat(old.read()).containsExactly(0x90, 3, 0, 1, 0x80);
    old.send(0xa2, 7, 0, 2, 0, 3, 'a', '/', '#');
    assertThat(old.read()).containsExactly(0xb0, 2, 0, 2);

    Paho modern = paho("listener-5");
    IMqttToken asked = modern.client.subscribe("linli/access/door-1", 1);
    await().until(() -> asked.isComplete() || asked.getException() != null);
    assertThat(asked.getReasonCodes()).containsExactly(0x87);
  }

  @Test
  void letsANewConnectionWithTheSameNameTakeOver() throws Exception {
    Paho first = paho("twin");
    paho("twin");

    await().untilAsserted(() -> assertThat(first.disconnects).containsExactly(0x8e));
  }

  @Test
  void answersPingsAndTurnsProtocolErrorsAway() throws Exception {
    Raw device = raw("pinging");
    device.send(0xc0, 0);
    assertThat(device.read()).containsExactly(0xd0, 0);
    device.send(0x36, 2, 0, 0);
    assertThat(device.read()).as("there is no QoS 3").isEmpty();

    try (Socket stranger = new Socket("127.0.0.1", gateway.mqttPort())) {
      stranger.setSoTimeout(5_000);
      stranger.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      assertThat(stranger.getInputStream().read()).isEqualTo(-1);
    }
  }

  private Paho paho(String clientId) throws MqttException {
    Paho device = new Paho(clientId);
    clients.add(device);
    return device;
  }

  private Raw raw(String clientId) throws IOException {
    return raw(clientId, 4);
  }

  private Raw raw(String clientId, int version) throws IOException {
    Raw device = new Raw(clientId, version);
    clients.add(device);
    return device;
  }

  /** A device with an MQTT 5 library. */
  private static final class Paho implements AutoCloseable, MqttCallback {
    private final MqttAsyncClient client;
    private final List<Integer> disconnects = new CopyOnWriteArrayList<>();

    Paho(String clientId) throws MqttException {
      client =
          new MqttAsyncClient(
              "tcp://127.0.0.1:" + gateway.mqttPort(), clientId, new MemoryPersistence());
      client.setCallback(this);
      MqttConnectionOptions options = new MqttConnectionOptions();
      options.setAutomaticReconnect(false);
      options.setRequestProblemInfo(true);
      client.connect(options).waitForCompletion(5_000);
    }

    IMqttToken publish(String topic, String payload, int qos) throws MqttException {
      return client.publish(topic, payload.getBytes(StandardCharsets.UTF_8), qos, false);
    }

    void publishAnyway(String topic, byte[] payload) {
      try {
        client.publish(topic, payload, 1, false);
      } catch (MqttException refusedByTheLibraryItself) {
        throw new AssertionError(refusedByTheLibraryItself);
      }
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
      client.disconnectForcibly(0, 500, false);
      client.close(true);
    }
  }

  /** A device that speaks MQTT 3.1.1 (version 4) or 5 byte by byte. */
  private static final class Raw implements AutoCloseable {
    private final int version;
    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    Raw(String clientId, int version) throws IOException {
      this.version = version;
      socket = new Socket("127.0.0.1", gateway.mqttPort());
      socket.setSoTimeout(10_000);
      in = new DataInputStream(socket.getInputStream());
      out = socket.getOutputStream();
      ByteArrayOutputStream connect = new ByteArrayOutputStream();
      connect.writeBytes(new byte[] {0, 4, 'M', 'Q', 'T', 'T', (byte) version, 2, 0, 0});
      connect.writeBytes(version == 5 ? new byte[1] : new byte[0]);
      connect.write(0);
      connect.write(clientId.length());
      connect.writeBytes(clientId.getBytes(StandardCharsets.UTF_8));
      out.write(packet(0x10, connect));
      assertThat(read()).startsWith(0x20).containsSequence(0, 0);
    }

    void publish(int qos, int packetId, String topic, String payload) {
      ByteArrayOutputStream publish = new ByteArrayOutputStream();
      publish.write(0);
      publish.write(topic.length());
      publish.writeBytes(topic.getBytes(StandardCharsets.UTF_8));
      if (qos > 0) {
        publish.write(packetId >> 8);
        publish.write(packetId);
      }
      publish.writeBytes(version == 5 ? new byte[1] : new byte[0]);
      publish.writeBytes(payload.getBytes(StandardCharsets.UTF_8));
      try {
        out.write(packet(0x30 | qos << 1, publish));
      } catch (IOException broken) {
        throw new AssertionError(broken);
      }
    }

    private static byte[] packet(int type, ByteArrayOutputStream content) {
      ByteArrayOutputStream packet = new ByteArrayOutputStream();
      packet.write(type);
      int rest = content.size();
      for (; rest > 127; rest >>= 7) {
        packet.write(rest & 127 | 128);
      }
      packet.write(rest);
      packet.writeBytes(content.toByteArray());
      return packet.toByteArray();
    }

    void send(int... bytes) throws IOException {
      byte[] packet = new byte[bytes.length];
      for (int i = 0; i < bytes.length; i++) {
        packet[i] = (byte) bytes[i];
      }
      out.write(packet);
    }

    /** The next packet's bytes; none at the end of the connection. */
    int[] read() throws IOException {
      int type = in.read();
      if (type < 0) {
        return new int[0];
      }
      int length = in.readUnsignedByte();
      int[] packet = new int[2 + length];
      packet[0] = type;
      packet[1] = length;
      for (int i = 0; i < length; i++) {
        packet[2 + i] = in.readUnsignedByte();
      }
      return packet;
    }

    void expectSilence(Duration howLong) {
      await()
          .during(howLong)
          .atMost(howLong.multipliedBy(5))
          .until(() -> socket.getInputStream().available() == 0);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
