package org.linli.hub.gateway.endpoint;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.linli.hub.gateway.endpoint.RawGateway.packet;
import static org.linli.hub.gateway.endpoint.RawGateway.publish;
import static org.linli.hub.gateway.endpoint.RawGateway.times;

import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.linli.hub.gateway.TestGateway;
import org.linli.hub.gateway.TestHub;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What somebody who knows the name of a gateway can make of the packets of its connection. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
class HostilePacketsTest {

  private static final int SUBSCRIBE = 0x82;
  private static final int TOO_LARGE = 0x95;
  private static final int NOT_AUTHORIZED = 0x87;
  private static final int MALFORMED = 0x81;
  private static final int SEGMENT = 1_400;

  /** A user property a = b. */
  private static final byte[] PAIR = {0x26, 0, 1, 'a', 0, 1, 'b'};

  @TempDir static Path folder;
  private TestHub hub;

  @BeforeAll
  void start() {
    hub = new TestHub(folder);
  }

  @AfterAll
  void stop() {
    hub.close();
  }

  private static String bulk(String gateway) {
    return "linli/1/" + gateway + "/up/bulk";
  }

  private void isServed(String id) throws Exception {
    try (TestGateway gateway = new TestGateway(hub.port(), id)) {
      gateway.say("online");
      assertThat(gateway.receipt()).isNotNull();
    }
  }

  @Test
  void takesNoMessageWithMuchBesideItsPayload() throws Exception {
    try (RawGateway hostile = new RawGateway(hub.port(), "gateway-1")) {
      hostile.send(publish(bulk("gateway-1"), 1, times(2_000, PAIR), new byte[0]));
      assertThat(hostile.farewell()).isEqualTo(TOO_LARGE);
    }
    isServed("gateway-1");
  }

  @Test
  void takesNoLargeTopic() throws Exception {
    try (RawGateway hostile = new RawGateway(hub.port(), "gateway-1")) {
      hostile.send(publish("x".repeat(9_000), 1, new byte[0], new byte[0]));
      assertThat(hostile.farewell()).isEqualTo(TOO_LARGE);
    }
  }

  @Test
  void servesOthersWhileALargePacketComesInSegments() throws Exception {
    try (RawGateway hostile = new RawGateway(hub.port(), "gateway-1")) {
      byte[] filters =
          packet(
              SUBSCRIBE,
              new byte[] {0, 7, 0},
              times(1_000_000, (byte) 0, (byte) 1, (byte) 'a', (byte) 1));
      Thread sender = Thread.ofVirtual().start(() -> hostile.sendInSegments(filters, SEGMENT));
      Instant begin = Instant.now();
      isServed("gateway-2");
      sender.join();
      isServed("gateway-2");
      assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(5));
      assertThat(hostile.farewell()).isIn(TOO_LARGE, -1);
    }
  }

  @Test
  void takesALargeBatchInSegments() throws Exception {
    try (RawGateway gateway = new RawGateway(hub.port(), "gateway-1")) {
      gateway.sendInSegments(
          publish(bulk("gateway-1"), 1, new byte[0], new byte[4_000_000]), SEGMENT);
      assertThat(gateway.farewell())
          .as("it is heard and dead, and the gateway stays")
          .isEqualTo(-2);
    }
  }

  @Test
  void closesAConnectionWhosePacketIsLongerThanItSays() throws Exception {
    try (RawGateway hostile = new RawGateway(hub.port(), "gateway-1")) {
      // One filter of 1,000 bytes, in a packet that ends before.
      hostile.send(packet(SUBSCRIBE, new byte[] {0, 7, 0, 3, (byte) 0xE8, 'a'}));
      assertThat(hostile.farewell()).isEqualTo(MALFORMED);
    }
  }

  @Test
  void aTopicForgesNoLineOfTheLog(CapturedOutput output) throws Exception {
    try (RawGateway hostile = new RawGateway(hub.port(), "gateway-2")) {
      hostile.send(publish("a\n2026-11-29 ERROR forged", 1, new byte[0], new byte[0]));
      assertThat(hostile.farewell()).isEqualTo(NOT_AUTHORIZED);
    }
    assertThat(output.getAll()).contains("topic=\"a\\n2026-11-29 ERROR forged\"");
    assertThat(output.getAll().lines()).noneMatch(line -> line.startsWith("2026-11-29 ERROR"));
  }

  @Test
  void saysOnceThatThingsCameWhichAreNotMqtt(CapturedOutput output) throws Exception {
    List<byte[]> nonsense =
        List.of(
            new byte[] {0x16, 3, 1, 0, 'a', 'b', 'c'},
            "GET / HTTP/1.1\r\n\r\n".getBytes(US_ASCII),
            packet(0x10, times(50, (byte) 'a')),
            packet(0x10, RawGateway.text("MQTT"), new byte[] {9, 2, 0, 60, 0, 0, 0}),
            packet(0xC0),
            packet(0xF0, times(20, (byte) 1)),
            packet(0x30, times(20, (byte) 1)),
            new byte[] {0x10, -1, -1, -1, -1, -1, 0});
    int before = output.getAll().length();
    for (int i = 0; i < 100; i++) {
      for (byte[] bytes : nonsense) {
        try (Socket socket = new Socket("127.0.0.1", hub.port())) {
          socket.setSoTimeout(5_000);
          socket.getOutputStream().write(bytes);
          byte[] _ = socket.getInputStream().readNBytes(10);
        } catch (SocketException reset) {
          // Closed with bytes unread.
        }
      }
    }
    isServed("gateway-2");
    // Other hubs may log at the same time.
    Pattern ofConnections =
        Pattern.compile(
            "Gateway(Endpoint|Session)|Connection|ChannelPipeline|ContextImpl|Mqtt|\\tat io");
    assertThat(output.getAll().substring(before).lines().filter(ofConnections.asPredicate()))
        .hasSizeLessThan(20);
  }
}
