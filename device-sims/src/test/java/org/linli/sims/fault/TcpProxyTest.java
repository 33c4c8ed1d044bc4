package org.linli.sims.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With a server that says back what it hears, and real connections. */
class TcpProxyTest {

  private static final int SHORT_MILLIS = 300;

  private ServerSocket server;
  private TcpProxy proxy;

  @BeforeEach
  void start() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
    proxy = TcpProxy.start(0, server.getLocalPort(), 1);
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    server.close();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> echo(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void echo(Socket socket) {
    try (socket) {
      socket.getInputStream().transferTo(socket.getOutputStream());
    } catch (IOException e) {
      return;
    }
  }

  private Socket connected() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }

  private static byte[] saidBack(Socket socket, byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return heard(socket, bytes.length);
  }

  private static byte[] heard(Socket socket, int length) throws IOException {
    return socket.getInputStream().readNBytes(length);
  }

  private static Duration took(Socket socket, byte[] bytes) throws IOException {
    long since = System.nanoTime();
    assertThat(saidBack(socket, bytes)).isEqualTo(bytes);
    return Duration.ofNanos(System.nanoTime() - since);
  }

  @Test
  void carriesEverythingInBothDirectionsAndTellsTheEnd() throws IOException {
    try (Socket socket = connected()) {
      byte[] much = bytes(200_000);
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  socket.getOutputStream().write(much);
                  socket.shutdownOutput();
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });
      assertThat(socket.getInputStream().readAllBytes()).isEqualTo(much);
    }
    await().untilAsserted(() -> assertThat(proxy.connections()).isZero());
  }

  @Test
  void aCutResetsWhatStandsAndLetsNothingComeAboutUntilItIsHealed() throws IOException {
    try (Socket socket = connected()) {
      assertThat(saidBack(socket, bytes(10))).hasSize(10);
      proxy.cut();
      assertThatThrownBy(() -> heard(socket, 1)).isInstanceOf(SocketException.class);
    }
    try (Socket refused = connected()) {
      assertThat(end(refused)).isEqualTo(-1);
    }
    proxy.heal();
    try (Socket socket = connected()) {
      assertThat(saidBack(socket, bytes(10))).hasSize(10);
    }
  }

  @Test
  void aHalfOpenLineStandsAndCarriesNothingAndWhatWasSentComesWhenItIsHealed() throws IOException {
    try (Socket socket = connected();
        Socket later = halfOpenAfter(socket)) {
      socket.setSoTimeout(SHORT_MILLIS);
      socket.getOutputStream().write(bytes(10));
      later.getOutputStream().write(bytes(20));
      assertThatThrownBy(() -> heard(socket, 1)).isInstanceOf(SocketTimeoutException.class);

      proxy.heal();
      socket.setSoTimeout(10_000);
      assertThat(heard(socket, 10)).isEqualTo(bytes(10));
      assertThat(heard(later, 20)).isEqualTo(bytes(20));
    }
  }

  private Socket halfOpenAfter(Socket socket) throws IOException {
    assertThat(saidBack(socket, bytes(1))).hasSize(1);
    proxy.halfOpen();
    return connected();
  }

  @Test
  void delayCountsInBothDirectionsAndJitterKeepsTheOrder() throws IOException {
    try (Socket socket = connected()) {
      assertThat(took(socket, bytes(10))).isLessThan(Duration.ofMillis(150));
      proxy.impair(Impairment.slow(Duration.ofMillis(100), Duration.ofMillis(50)));
      assertThat(took(socket, bytes(10)))
          .isBetween(Duration.ofMillis(200), Duration.ofMillis(2_000));
      byte[] pieces = bytes(100);
      for (byte piece : pieces) {
        socket.getOutputStream().write(piece);
      }
      assertThat(heard(socket, pieces.length)).isEqualTo(pieces);
    }
  }

  @Test
  void aRateIsKeptTo() throws IOException {
    try (Socket socket = connected()) {
      proxy.impair(Impairment.narrow(20_000));
      // Half a second there, and the first bytes are on their way back meanwhile.
      assertThat(took(socket, bytes(10_000)))
          .isBetween(Duration.ofMillis(500), Duration.ofMillis(3_000));
    }
  }

  @Test
  void whatIsLostComesLaterAsTcpSendsItAgain() throws IOException {
    try (Socket socket = connected()) {
      proxy.impair(Impairment.lossy(1));
      assertThat(took(socket, bytes(10))).isGreaterThan(Duration.ofSeconds(2));
    }
  }

  @Test
  void aCorruptLineFlipsBitsAndNeitherTakesNorAddsAny() throws IOException {
    try (Socket socket = connected()) {
      proxy.impair(Impairment.corrupting(1));
      byte[] sent = new byte[5_000];
      assertThat(saidBack(socket, sent)).hasSize(sent.length).isNotEqualTo(sent);
      proxy.impair(Impairment.NONE);
      assertThat(saidBack(socket, sent)).isEqualTo(sent);
    }
  }

  @Test
  void whereNobodyListensConnectionsEndAtOnce() throws IOException {
    int nobody;
    try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = unused.getLocalPort();
    }
    try (TcpProxy towardsNobody = TcpProxy.start(0, nobody, 1);
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), towardsNobody.port())) {
      socket.setSoTimeout(10_000);
      assertThat(end(socket)).isEqualTo(-1);
    }
  }

  /** -1 also where the end is a reset. */
  private static int end(Socket socket) throws IOException {
    try {
      InputStream in = socket.getInputStream();
      return in.read();
    } catch (SocketException e) {
      return -1;
    }
  }
}
