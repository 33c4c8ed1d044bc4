package org.linli.edge.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.RunningGateway;

/** Who may read what the gateway tells of itself. */
class LocalAccessTest {

  private static final String TOKEN = "a-token-of-this-test";
  private static RunningGateway gateway;

  @TempDir static Path data;

  @BeforeAll
  static void start() {
    gateway = RunningGateway.start(data, "--linli.local-token=" + TOKEN);
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/api/ledger",
        "/api/devices",
        "/api/dead-letters",
        "/actuator/health",
        "/actuator/prometheus",
        "/linli/../api/ledger",
        "/%61pi/ledger"
      })
  void isForThisMachineOrTheToken(String path) throws IOException {
    assertThat(status(path, "Host: evil.example")).isNotEqualTo(200);
    assertThat(status(path, "Host: 127.0.0.1\r\nX-Forwarded-For: 192.0.2.7")).isNotEqualTo(200);
    if (!path.contains("..") && !path.contains("%")) {
      assertThat(status(path, "Host: evil.example")).isEqualTo(401);
      assertThat(status(path, "Host: 127.0.0.1")).isEqualTo(200);
      assertThat(status(path, "Host: localhost")).isEqualTo(200);
      assertThat(status(path, "Host: evil.example\r\nAuthorization: Bearer " + TOKEN))
          .isEqualTo(200);
      assertThat(status(path, "Host: evil.example\r\nAuthorization: Basic " + basic(TOKEN)))
          .isEqualTo(200);
      assertThat(status(path, "Host: evil.example\r\nAuthorization: Basic " + basic("wrong")))
          .isEqualTo(401);
    }
  }

  @Test
  void tellsEverybodyWhetherItWorks() throws IOException {
    assertThat(status("/actuator/health/liveness", "Host: evil.example")).isEqualTo(200);
    assertThat(status("/actuator/health/readiness", "Host: evil.example")).isEqualTo(200);
  }

  @Test
  void tellsStrangersNoMoreThanAProbeNeeds() throws IOException {
    for (String probe : new String[] {"liveness", "readiness"}) {
      assertThat(answer("/actuator/health/" + probe, "Host: evil.example"))
          .contains("\r\n{\"status\":\"UP\"}\r\n");
    }
    assertThat(status("/actuator/health/outbox", "Host: evil.example")).isEqualTo(401);
    assertThat(status("/actuator/health/livenessState", "Host: evil.example")).isEqualTo(401);
    assertThat(status("/actuator/health/liveness/../outbox", "Host: evil.example"))
        .isNotEqualTo(200);
    assertThat(answer("/actuator/health", "Host: 127.0.0.1")).contains("\"details\"");
  }

  @Test
  void saysWhyInUtf8() throws IOException {
    assertThat(answer("/api/ledger", "Host: evil.example").toLowerCase(Locale.ROOT))
        .contains("content-type: application/problem+json;charset=utf-8");
  }

  @Test
  void leadsNobodyToTheHostThatWasAskedFor() throws IOException {
    assertThat(status("/actuator", "Host: 127.0.0.1")).isEqualTo(404);
  }

  private static String basic(String password) {
    return Base64.getEncoder()
        .encodeToString(("anybody:" + password).getBytes(StandardCharsets.UTF_8));
  }

  private static int status(String path, String headers) throws IOException {
    return Integer.parseInt(answer(path, headers).substring(9, 12));
  }

  private static String answer(String path, String headers) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", gateway.http("/").getPort())) {
      String request = "GET " + path + " HTTP/1.1\r\n" + headers + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }
}
