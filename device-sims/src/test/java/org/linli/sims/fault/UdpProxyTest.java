package org.linli.sims.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With a server that says back what it hears, and real datagrams. */
class UdpProxyTest {

  private static final int QUIET_MILLIS = 800;

  private DatagramSocket server;
  private UdpProxy proxy;
  private DatagramSocket client;

  @BeforeEach
  void start() throws IOException {
    InetAddress here = InetAddress.getLoopbackAddress();
    server = new DatagramSocket(0, here);
    Thread.ofVirtual().start(this::echo);
    proxy = UdpProxy.start(0, server.getLocalPort(), 1);
    client = new DatagramSocket(0, here);
    client.setSoTimeout(QUIET_MILLIS);
  }

  @AfterEach
  void stop() {
    client.close();
    proxy.close();
    server.close();
  }

  private void echo() {
    DatagramPacket packet = new DatagramPacket(new byte[2_000], 2_000);
    while (!server.isClosed()) {
      try {
        packet.setLength(2_000);
        server.receive(packet);
        server.send(packet);
      } catch (IOException e) {
        return;
      }
    }
  }

  private void send(DatagramSocket from, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    from.send(
        new DatagramPacket(
            bytes,
            bytes.length,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port())));
  }

  private void sendNumbers(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      send(client, Integer.toString(i));
    }
  }

  /** Everything that comes until nothing comes any more. */
  private static List<String> heard(DatagramSocket at) throws IOException {
    List<String> heard = new ArrayList<>();
    DatagramPacket packet = new DatagramPacket(new byte[2_000], 2_000);
    try {
      while (true) {
        packet.setLength(2_000);
        at.receive(packet);
        heard.add(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.ISO_8859_1));
      }
    } catch (SocketTimeoutException e) {
      return heard;
    }
  }

  private static List<String> numbers(int count) {
    List<String> numbers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      numbers.add(Integer.toString(i));
    }
    return numbers;
  }

  @Test
  void carriesDatagramsAndBringsEachSenderItsOwnAnswers() throws IOException {
    try (DatagramSocket other = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      other.setSoTimeout(QUIET_MILLIS);
      sendNumbers(20);
      send(other, "mine");
      assertThat(heard(client)).containsExactlyElementsOf(numbers(20));
      assertThat(heard(other)).containsExactly("mine");
    }
  }

  @Test
  void losesDuplicatesReordersAndDelaysAsAsked() throws IOException {
    proxy.impair(Impairment.lossy(0.3));
    sendNumbers(100);
    assertThat(heard(client)).hasSizeBetween(20, 80).isSubsetOf(numbers(100));

    proxy.impair(Impairment.duplicating(1));
    send(client, "twice");
    assertThat(heard(client)).as("twice there, and each twice back").hasSize(4);

    proxy.impair(Impairment.reordering(0.4));
    sendNumbers(100);
    assertThat(heard(client))
        .isNotEqualTo(numbers(100))
        .containsExactlyInAnyOrderElementsOf(numbers(100));

    proxy.impair(Impairment.slow(Duration.ofMillis(150), Duration.ZERO));
    long since = System.nanoTime();
    send(client, "slow");
    client.receive(new DatagramPacket(new byte[10], 10));
    assertThat(Duration.ofNanos(System.nanoTime() - since)).isGreaterThan(Duration.ofMillis(300));
  }

  @Test
  void aRateSpreadsWhatCameAtOnce() throws IOException {
    proxy.impair(Impairment.narrow(10_000));
    String kilobyte = "x".repeat(1_000);
    long since = System.nanoTime();
    for (int i = 0; i < 5; i++) {
      send(client, kilobyte);
    }
    for (int i = 0; i < 5; i++) {
      client.receive(new DatagramPacket(new byte[2_000], 2_000));
    }
    assertThat(Duration.ofNanos(System.nanoTime() - since)).isGreaterThan(Duration.ofMillis(500));
  }

  @Test
  void flipsBitsAndKeepsTheLength() throws IOException {
    proxy.impair(Impairment.corrupting(1));
    send(client, "a".repeat(100));
    assertThat(heard(client))
        .singleElement()
        .satisfies(text -> assertThat(text).hasSize(100).isNotEqualTo("a".repeat(100)));
  }

  @Test
  void whatIsSentWhileItIsCutOrHalfOpenIsGone() throws IOException {
    for (Consumer<FaultProxy> fault :
        List.<Consumer<FaultProxy>>of(FaultProxy::cut, FaultProxy::halfOpen)) {
      fault.accept(proxy);
      send(client, "lost");
      assertThat(heard(client)).isEmpty();
      proxy.heal();
      send(client, "there");
      assertThat(heard(client)).containsExactly("there");
    }
  }
}
