package org.linli.edge.intake.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.RunningGateway;
import org.linli.edge.intake.DoorMemory;

/** Those who open connections and say nothing, or little, keep out no device. */
class CrowdTest {

  private static final DoorMemory MEMORY = new DoorMemory(64L << 20);
  private static final int CROWD = 300;
  private static final int LARGE = 200_000;

  /** Tens of times what it takes, and a fraction of the 10 s that a connection may be silent. */
  private static final Duration SOON = Duration.ofSeconds(5);

  @TempDir Path data;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "POST /linli/access/slow HTTP/1.1\r\nHost: x\r\nX-Slow: ",
        "POST /linli/access/slow HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            + "Content-Length: 200000\r\n\r\n{",
        "POST /linli/nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: 200000\r\n\r\n{",
      })
  void takesEventsBesideManyWhoSayLittle(String beginning) throws IOException {
    List<Socket> crowd = new ArrayList<>();
    try (RunningGateway gateway = RunningGateway.start(data)) {
      for (int i = 0; i < CROWD; i++) {
        crowd.add(opens(gateway, beginning));
        if (i % 50 == 49) {
          isTakenSoon(gateway, "{\"type\":\"door.opened\"}");
        }
      }
      assertThat(gateway.kept("beside")).hasSize(CROWD / 50);
    } finally {
      close(crowd);
    }
  }

  @Test
  void takesLargeMessagesBesideManyThatDoNotCome() throws IOException {
    List<Socket> crowd = new ArrayList<>();
    try (RunningGateway gateway = RunningGateway.start(data, MEMORY)) {
      for (int i = 0; i < 3 * MEMORY.bodyBytes() / LARGE; i++) {
        crowd.add(
            opens(
                gateway,
                "POST /linli/access/slow HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                    + "Content-Length: %d\r\n\r\n".formatted(LARGE + 1)
                    + "x".repeat(LARGE)));
        isTakenSoon(
            gateway,
            "[" + "{\"type\":\"door.opened\"},".repeat(900) + "{\"type\":\"door.opened\"}]");
      }
    } finally {
      close(crowd);
    }
  }

  private static void isTakenSoon(RunningGateway gateway, String body) throws IOException {
    long began = System.nanoTime();
    try (Socket device =
        opens(
            gateway,
            "POST /linli/access/beside HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\n"
                + "Content-Length: %d\r\n\r\n".formatted(body.length())
                + body)) {
      String answer =
          new String(device.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      assertThat(answer).startsWith("HTTP/1.1 204");
    }
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(SOON);
  }

  private static Socket opens(RunningGateway gateway, String beginning) throws IOException {
    URI uri = gateway.http("/");
    Socket socket = new Socket(InetAddress.getByName(uri.getHost()), uri.getPort());
    socket.setSoTimeout(60_000);
    try {
      socket.getOutputStream().write(beginning.getBytes(StandardCharsets.ISO_8859_1));
    } catch (SocketException alreadyClosed) {
      // Its place was needed.
    }
    return socket;
  }

  private static void close(List<Socket> crowd) throws IOException {
    for (Socket one : crowd) {
      one.close();
    }
  }
}
