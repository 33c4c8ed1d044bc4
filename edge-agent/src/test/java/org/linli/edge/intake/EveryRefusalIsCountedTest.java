package org.linli.edge.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.RunningGateway;

/**
 * The one ledger of refusals has no hole: whatever the doors of MQTT and CoAP answer with an error,
 * or do not answer, is counted in it; {@link HttpRefusalsAreCountedTest} for HTTP.
 */
class EveryRefusalIsCountedTest {

  private static final HexFormat HEX = HexFormat.of();

  /** CONNECT of client {@code c1} in MQTT 3.1.1, with a clean session. */
  private static final byte[] CONNECT = HEX.parseHex("100e00044d5154540402000000026331");

  private static final byte[] CONNECT_5 = HEX.parseHex("100f00044d515454050200000000026335");
  private static RunningGateway gateway;

  @TempDir static Path data;

  @BeforeAll
  static void start() {
    gateway =
        RunningGateway.start(
            data, "--linli.mqtt.packet-timeout=2s", "--linli.coap.block-timeout=1s");
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  // MQTT

  @ParameterizedTest
  @CsvSource({
    // a second CONNECT
    "'100e00044d5154540402000000026331', malformed",
    // SUBSCRIBE to what nobody may read
    "'82080001000361 2f62 00', not-allowed",
    // flags of SUBSCRIBE, a packet of type 0 and one for servers
    "'80080001000361 2f62 00', malformed",
    "'0000', malformed",
    "'20020000', malformed",
    // a PUBLISH of QoS 3, with a wildcard, and one that is shorter than its topic
    "'360700036 12f620001', malformed",
    "'30050003612f23', malformed",
    "'30030009 61', malformed",
    // a length of five bytes
    "'30ffffffffff01', malformed",
  })
  void countsPacketsThatBreakARule(String packet, String kind) throws IOException {
    long before = gateway.refusedOf("c1").getOrDefault(kind, 0L);
    try (Socket client = mqtt(CONNECT)) {
      client.getOutputStream().write(HEX.parseHex(packet.replace(" ", "")));

      await()
          .untilAsserted(
              () ->
                  assertThat(gateway.refusedOf("c1").getOrDefault(kind, 0L)).isEqualTo(before + 1));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'100e00044d5154540902000000026331', malformed",
    "'100e00044d5153540402000000026331', malformed",
    "'30050003612f62', malformed",
    "'474554202f20485454502f312e310d0a', malformed",
    "'16030102000100', malformed",
    "'10ffffff7f', too-large",
  })
  void countsBeginningsThatAreNoConnect(String beginning, String kind) throws IOException {
    Map<String, Long> before = of("mqtt");
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), gateway.mqttPort())) {
      client.getOutputStream().write(HEX.parseHex(beginning));

      await()
          .untilAsserted(
              () ->
                  assertThat(of("mqtt").getOrDefault(kind, 0L))
                      .isEqualTo(before.getOrDefault(kind, 0L) + 1));
    }
  }

  /** By its size, and whether the connection is reset. */
  @ParameterizedTest
  @CsvSource({"1000, 40, false", "1000, 40, true", "900000, 400000, false", "900000, 400000, true"})
  void countsAConnectionThatBreaksWithinAPublish(int size, int come, boolean isReset)
      throws IOException {
    long before = gateway.refusedOf("c1").getOrDefault("incomplete", 0L);
    try (Socket client = mqtt(CONNECT)) {
      client.getOutputStream().write(Arrays.copyOf(publish(size), come));
      client.getOutputStream().flush();
      client.setSoLinger(isReset, 0);
    }
    await()
        .untilAsserted(
            () ->
                assertThat(gateway.refusedOf("c1").getOrDefault("incomplete", 0L))
                    .isEqualTo(before + 1));
  }

  @Test
  void countsAPacketThatDoesNotComeInTime() throws IOException {
    long before = gateway.refusedOf("c1").getOrDefault("incomplete", 0L);
    try (Socket client = mqtt(CONNECT)) {
      client.getOutputStream().write(Arrays.copyOf(publish(1_000), 40));
      await()
          .untilAsserted(
              () ->
                  assertThat(gateway.refusedOf("c1").getOrDefault("incomplete", 0L))
                      .isEqualTo(before + 1));
    }
  }

  /** Whatever ends a connection, or is answered with an error, is counted. */
  @Test
  void countsWhateverEndsAConnection() throws IOException {
    Random random = new Random(11);
    for (int i = 0; i < 60; i++) {
      byte[] bytes = new byte[2 + random.nextInt(12)];
      random.nextBytes(bytes);
      bytes[1] = (byte) (bytes.length - 2);
      // Neither DISCONNECT nor PINGREQ.
      bytes[0] = (byte) (random.nextInt(12) << 4 | random.nextInt(16));
      boolean isFifth = random.nextBoolean();
      long before = sum("mqtt");
      try (Socket client = mqtt(isFifth ? CONNECT_5 : CONNECT)) {
        client.getOutputStream().write(bytes);
        client.setSoTimeout(200);
        if (isEnded(client)) {
          await(HEX.formatHex(bytes)).until(() -> sum("mqtt") > before);
        }
      }
    }
  }

  private static boolean isEnded(Socket client) throws IOException {
    try {
      InputStream in = client.getInputStream();
      int first = in.read();
      // DISCONNECT, or nothing more.
      return first < 0 || first == 0xe0;
    } catch (SocketTimeoutException stays) {
      return false;
    } catch (SocketException reset) {
      return true;
    }
  }

  private static byte[] publish(int size) {
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    packet.write(0x30);
    for (int left = size; left > 0; left >>= 7) {
      packet.write(left > 0x7f ? left & 0x7f | 0x80 : left);
    }
    packet.writeBytes(new byte[] {0, 3, 'a', '/', 'b'});
    packet.writeBytes(new byte[size - 5]);
    return packet.toByteArray();
  }

  private static Socket mqtt(byte[] connect) throws IOException {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), gateway.mqttPort());
    client.setSoTimeout(10_000);
    client.getOutputStream().write(connect);
    InputStream in = client.getInputStream();
    assertThat(in.read()).isEqualTo(0x20);
    in.readNBytes(in.read());
    return client;
  }

  // CoAP

  @ParameterizedTest
  @ValueSource(
      strings = {
        // versions 0, 2 and 3
        "00020001b56c696e6c69",
        "80020001b56c696e6c69",
        "c0020001b56c696e6c69",
        // token lengths 9 and 15
        "49020001010203040506070809",
        "4f020001",
        // answers to nothing: 2.05 and 4.04 with a payload
        "40450001ff41",
        "50840001ff41",
        // codes that nobody knows: 1.00, 6.00 and 7.01
        "40200001",
        "40c00001",
        "40e10001",
        "",
        "40",
      })
  void countsDatagramsThatAreNoRequest(String datagram) throws IOException {
    long before = sum("coap");
    coap(HEX.parseHex(datagram));
    await().untilAsserted(() -> assertThat(sum("coap")).isGreaterThan(before));
  }

  /** They say nothing that could be lost. */
  @ParameterizedTest
  @ValueSource(strings = {"40000001", "70000001", "60000001", "50000001"})
  void countsNeitherPingsNorResets(String datagram) throws IOException {
    long before = sum("coap");
    coap(HEX.parseHex(datagram));
    // What comes after it is counted, and it was read before.
    coap(HEX.parseHex("c0020001b56c696e6c69"));
    await().untilAsserted(() -> assertThat(sum("coap")).isEqualTo(before + 1));
  }

  @Test
  void countsBlocksThatComeToNoEnd() throws IOException {
    long before = gateway.refusedOf("block-1").getOrDefault("incomplete", 0L);
    // POST /linli/access/block-1 with Block1 0/1/64
    byte[] head =
        HEX.parseHex("40020777b56c696e6c6906616363657373" + "07626c6f636b2d31" + "d1030a" + "ff");
    byte[] datagram = Arrays.copyOf(head, head.length + 64);
    Arrays.fill(datagram, head.length, datagram.length, (byte) 'x');
    coap(datagram);
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(gateway.refusedOf("block-1").getOrDefault("incomplete", 0L))
                    .isEqualTo(before + 1));
  }

  private static void coap(byte[] datagram) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.send(
          new DatagramPacket(
              datagram,
              datagram.length,
              InetAddress.getLoopbackAddress(),
              URI.create(gateway.coap("")).getPort()));
    }
  }

  private static Map<String, Long> of(String door) {
    return gateway.refusals().getOrDefault(door, Map.of());
  }

  private static long sum(String door) {
    return of(door).values().stream().mapToLong(Long::longValue).sum();
  }
}
