package org.linli.edge.intake.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.RunningGateway;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.outbox.DeadLetter;

/** The HTTP door as its bytes show it (RFC 9112). */
class HttpWireTest {

  private static final String HEAD =
      "POST /linli/access/wire-1 HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
  private static final String OPENED = "{\"type\":\"door.opened\"}";
  private static RunningGateway gateway;

  @TempDir static Path data;

  @BeforeAll
  static void start() {
    gateway =
        RunningGateway.start(
            data,
            "--linli.http.max-message-size=64KB",
            "--linli.http.patience=1s",
            "--linli.http.request-timeout=2s",
            "--server.tomcat.max-connections=20");
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @Test
  void refusesWhatIsTooLargeWithoutInvitingItsBody() throws IOException {
    String answer = exchange(HEAD + "Content-Length: 104857600\r\nExpect: 100-continue\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 413 ").doesNotContain("100 Continue");
    DeadLetter letter = gateway.lastDeadLetter();
    assertThat(letter.refusal().reason()).isEqualTo(RefusalReason.TOO_LARGE);
    assertThat(letter.refusal().detail())
        .isEqualTo(
            "104857600 bytes, at most 67108864 bytes are read of a body whose sender asks first;"
                + " send it without Expect: 100-continue");
    assertThat(letter.size()).isEqualTo(104_857_600);
  }

  @Test
  void invitesABodyThatItWillRead() throws IOException {
    try (Socket socket = connect()) {
      write(
          socket,
          HEAD
              + "Connection: close\r\nContent-Length: %d\r\nExpect: 100-continue\r\n\r\n"
                  .formatted(OPENED.length()));
      byte[] invitation = socket.getInputStream().readNBytes(12);
      assertThat(new String(invitation, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 100");
      write(socket, OPENED);

      assertThat(read(socket)).contains("HTTP/1.1 204");
    }
  }

  @Test
  void takesABodyInChunks() throws IOException {
    assertThat(
            exchange(
                HEAD
                    + "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "8\r\n{\"type\":\r\ne\r\n\"door.opened\"}\r\n0\r\n\r\n"))
        .startsWith("HTTP/1.1 204");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /linli/access/wire-2 HTTP/1.1\r\nHost: x\r\nX-Slow: ",
        "POST /linli/access/wire-2 HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            + "Content-Length: 60000\r\n\r\n",
        "POST /linli/nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n",
      })
  void endsARequestThatComesByteByByte(String beginning) throws IOException {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 15; i++) {
        Socket socket = connect();
        slow.add(socket);
        write(socket, beginning);
      }
      await()
          .atMost(Duration.ofSeconds(8))
          .pollInterval(Duration.ofMillis(200))
          .untilAsserted(
              () -> assertThat(slow).allSatisfy(socket -> assertThat(isOpen(socket)).isFalse()));
      assertThat(exchange(withBody(OPENED))).startsWith("HTTP/1.1 204");
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POST /linli/access/a%2Fb|400|bad-device-id",
        "POST /linli/access/a%2fb|400|bad-device-id",
        "POST /linli/access/a%0Ab|400|bad-device-id",
        "POST /linli/access/%2e%2e|400|bad-device-id",
        "POST /linli/access/..|400|bad-device-id",
        "POST /linli/access/../../x|404|unknown-address",
        "POST /linli/access/|404|unknown-address",
        "POST /linli/access|404|unknown-address",
        "POST /linli/access/a/b|404|unknown-address",
        "POST /elsewhere|404|unknown-address",
        "POST //linli/access/a/b|404|unknown-address",
        "GET /linli/access/door-1|405|wrong-method",
        "PUT /linli/access/door-1|405|wrong-method",
        "PATCH /linli/access/door-1|405|wrong-method",
        "POST /api/ledger|405|",
        "GET /linli/a%zz|400|",
        "GET /linli/a%00|400|",
      })
  void saysWhatIsWrongWithAnAddressAsAProblem(String request, int status, String reason)
      throws IOException {
    long before = gateway.lastDeadLetterId();

    String answer =
        exchange(
            request
                + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAccept: text/plain\r\n"
                + "Content-Type: application/json\r\nContent-Length: 22\r\n\r\n"
                + OPENED);

    assertThat(answer).startsWith("HTTP/1.1 " + status).contains("application/problem+json");
    assertThat(answer).contains("\"status\":" + status).contains("\"title\":\"");
    if (reason == null) {
      assertThat(gateway.lastDeadLetterId()).isEqualTo(before);
    } else {
      assertThat(answer).contains("\"reason\":\"" + reason + "\"");
      assertThat(gateway.lastDeadLetterId()).isEqualTo(before + 1);
      assertThat(gateway.lastDeadLetter().sample()).asString().isEqualTo(OPENED);
    }
    if (status == 405) {
      assertThat(answer).containsIgnoringCase("\r\nAllow: ");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\r\n\r\n",
        "\u0016\u0003\u0001",
        "GET\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "POST /linli/access/a HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        "POST /linli/access/a HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n"
            + "Content-Length: 2\r\n\r\nab",
        "POST /linli/access/a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
      })
  void livesOnAfterWhatIsNoHttp(String bytes) throws IOException {
    try (Socket socket = connect()) {
      write(socket, bytes);
      socket.shutdownOutput();
      read(socket);
    }

    assertThat(exchange(withBody(OPENED))).startsWith("HTTP/1.1 204");
  }

  private static String withBody(String body) {
    return HEAD + "Connection: close\r\nContent-Length: %d\r\n\r\n".formatted(body.length()) + body;
  }

  private static String exchange(String bytes) throws IOException {
    try (Socket socket = connect()) {
      write(socket, bytes);
      return read(socket);
    }
  }

  private static Socket connect() throws IOException {
    URI uri = gateway.http("/");
    Socket socket = new Socket(InetAddress.getByName(uri.getHost()), uri.getPort());
    socket.setSoTimeout(10_000);
    return socket;
  }

  /** Sends one more byte and sees whether anybody still wants it. */
  private static boolean isOpen(Socket socket) throws IOException {
    try {
      write(socket, "x");
      socket.setSoTimeout(1);
      return socket.getInputStream().read() >= 0;
    } catch (SocketTimeoutException waits) {
      return true;
    } catch (SocketException closed) {
      return false;
    }
  }

  private static void write(Socket socket, String bytes) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  private static String read(Socket socket) throws IOException {
    try {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (SocketException reset) {
      return "";
    }
  }
}
