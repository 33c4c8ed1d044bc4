package org.linli.edge.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
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
 * The one ledger of refusals has no hole: whatever the HTTP door answers with an error, or does not
 * answer, is counted in it.
 */
class HttpRefusalsAreCountedTest {

  private static RunningGateway gateway;

  @TempDir static Path data;

  @BeforeAll
  static void start() {
    gateway = RunningGateway.start(data, "--linli.http.patience=2s");
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "BREW / HTTP/1.1|wrong-method",
        "brew /linli/access/door-1 HTTP/1.1|wrong-method",
        "CONNECT hub:80 HTTP/1.1|",
        "CONNECT / HTTP/1.1|",
        "TRACE / HTTP/1.1|wrong-method",
        "PROPFIND /intake/x/y HTTP/1.1|wrong-method",
        "GET / HTTP/3.7|malformed",
        "GET / HTTP/9|malformed",
        "GET / FTP/1.0|malformed",
        "GET|malformed",
        "GET /intake/x/y|",
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003|malformed",
      })
  void countsRequestsOfEachKind(String request, String kind) throws IOException {
    Map<String, Long> before = counted();

    String answer = http(request + "\r\nHost: x\r\nConnection: close\r\n\r\n");

    awaitMore(before, answer);
    if (kind != null) {
      assertThat(counted().getOrDefault(kind, 0L))
          .as(answer)
          .isEqualTo(before.getOrDefault(kind, 0L) + 1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /linli/access/a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: lzw\r\n",
        "POST /linli/access/a HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n",
        "POST /linli/access/a HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n",
        "POST /linli/access/a HTTP/1.1\r\nHost: x\r\nExpect: 200-maybe\r\nContent-Length: 2\r\n",
        "GET / HTTP/1.1\r\nHost: x y\r\n",
        "GET / HTTP/1.1\r\n",
        "GET / HTTP/1.1\r\nno header\r\n",
      })
  void countsHeadsThatBreakARule(String head) throws IOException {
    Map<String, Long> before = counted();

    String answer = http(head + "Connection: close\r\n\r\n");

    if (isRefusal(answer)) {
      awaitMore(before, answer);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {9_000, 70_000, 300_000})
  void countsRequestLinesThatAreTooLong(int length) throws IOException {
    Map<String, Long> before = counted();

    String answer =
        http("GET /" + "a".repeat(length) + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

    awaitMore(before, answer);
  }

  /** Any request that is answered with an error is counted once, and no other is. */
  @Test
  void countsWhateverIsAnsweredWithAnError() throws IOException {
    Random random = new Random(5);
    List<String> methods = List.of("GET", "POST", "PUT", "BREW", "OPTIONS", "HEAD", "TRACE", "G T");
    List<String> targets =
        List.of(
            "/",
            "/linli/access/d",
            "/intake/no/x",
            "/%zz",
            "*",
            "x",
            "/api/ledger",
            "//",
            "/a?b=%");
    List<String> versions = List.of("HTTP/1.1", "HTTP/1.0", "HTTP/2.0", "HTTP/1.7", "XTTP/1.1");
    List<String> headers =
        List.of(
            "Host: x",
            "Host: x",
            "Host: x",
            "X",
            "Content-Length: -1",
            "Content-Type: /",
            "A: \u0001");
    for (int i = 0; i < 200; i++) {
      String request =
          "%s %s %s\r\n%s\r\nConnection: close\r\n\r\n"
              .formatted(
                  any(methods, random),
                  any(targets, random),
                  any(versions, random),
                  any(headers, random));
      long before = sum();

      String answer = http(request);

      long expected = before + (isRefusal(answer) ? 1 : 0);
      await("%s → %s".formatted(request, answer)).until(() -> sum() == expected);
    }
  }

  private static String any(List<String> some, Random random) {
    return some.get(random.nextInt(some.size()));
  }

  /** An answer that says that something is wrong with the request. */
  private static boolean isRefusal(String answer) {
    return answer.matches("(?s)HTTP/1.1 (4..|501|505).*");
  }

  private static String http(String request) throws IOException {
    URI uri = gateway.http("/");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), uri.getPort())) {
      socket.setSoTimeout(10_000);
      try {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        socket.shutdownOutput();
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      } catch (SocketException answeredBeforeItCameToItsEnd) {
        return "";
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POS",
        "GET /alarm?smoke=1",
        "POST /linli/access/a HTTP/1.1\r\n",
        "POST /linli/access/a HTTP/1.1\r\nHost: x\r\nContent-Le",
      })
  void countsHeadsThatBreakOff(String beginning) throws IOException {
    Map<String, Long> before = counted();

    assertThat(http(beginning)).isEmpty();

    awaitMore(before, "");
    assertThat(counted().getOrDefault("incomplete", 0L))
        .isEqualTo(before.getOrDefault("incomplete", 0L) + 1);
  }

  /** Some clients send an empty line behind a body, and others ask whether anybody listens. */
  @ParameterizedTest
  @ValueSource(strings = {"", "\r\n"})
  void countsNoConnectionOverWhichNothingCame(String nothing) throws IOException {
    long before = sum();

    assertThat(http(nothing)).isEmpty();

    // What comes after it is counted, and it was read before.
    String answer = http("GET /%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    await().untilAsserted(() -> assertThat(sum()).as(answer).isEqualTo(before + 1));
  }

  /** A device that can do no more than GET, at a path that nobody reads. */
  @ParameterizedTest
  @CsvSource({"localhost, 404, unknown-address", "gateway.example, 401, not-allowed"})
  void keepsWhereAGetCameFromAndWentTo(String host, int status, String reason) throws IOException {
    String path = "/alarm/" + host;

    String answer =
        http(
            "GET %s?password=secret HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                .formatted(path, host));

    assertThat(answer).startsWith("HTTP/1.1 " + status);
    await()
        .untilAsserted(
            () ->
                assertThat(gateway.refusedOf("http://127.0.0.1" + path))
                    .isEqualTo(Map.of(reason, 1L)));
  }

  private static Map<String, Long> counted() {
    return gateway.refusals().getOrDefault("http", Map.of());
  }

  private static long sum() {
    return counted().values().stream().mapToLong(Long::longValue).sum();
  }

  private static void awaitMore(Map<String, Long> before, String answer) {
    long sum = before.values().stream().mapToLong(Long::longValue).sum();
    await().untilAsserted(() -> assertThat(sum()).as(answer).isEqualTo(sum + 1));
  }
}
