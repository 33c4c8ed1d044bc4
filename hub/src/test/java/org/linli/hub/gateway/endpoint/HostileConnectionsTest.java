package org.linli.hub.gateway.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.linli.hub.gateway.TestGateway;
import org.linli.hub.gateway.TestHub;

/** What somebody without any right can do to the endpoint for gateways, by its port alone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileConnectionsTest {

  private static final int CONNECT = 0x10;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

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

  private Socket socket() throws IOException {
    Socket socket = new Socket("127.0.0.1", hub.port());
    socket.setSoTimeout(1);
    return socket;
  }

  private static boolean isClosed(Socket socket) {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException stillOpen) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  private void aGatewayIsServed(String id) throws Exception {
    try (TestGateway gateway = new TestGateway(hub.port(), id)) {
      gateway.say("online");
      assertThat(gateway.receipt()).isNotNull();
    }
  }

  @Test
  void takesNoFirstPacketThatIsLarge() throws Exception {
    try (Socket socket = socket()) {
      // A CONNECT of 3 MiB, of which the beginning comes.
      socket
          .getOutputStream()
          .write(new byte[] {CONNECT, (byte) 0x80, (byte) 0x80, (byte) 0xC0, 1});
      socket.getOutputStream().write("MQTT".getBytes(UTF_8));

      await().atMost(Duration.ofSeconds(5)).until(() -> isClosed(socket));
    }
    aGatewayIsServed("gateway-1");
  }

  @Test
  void servesAGatewayBesideSocketsThatSayNothing() throws Exception {
    List<Socket> idle = new ArrayList<>();
    try {
      for (int i = 0; i < 1_500; i++) {
        idle.add(socket());
      }
      aGatewayIsServed("gateway-2");
      assertThat(idle.stream().filter(socket -> !isClosed(socket)).count()).isLessThan(1_100);
    } finally {
      for (Socket socket : idle) {
        socket.close();
      }
    }
  }

  @Test
  void waitsForNoFirstPacketThatComesByteByByte() throws Exception {
    try (Socket socket = socket()) {
      socket.getOutputStream().write(new byte[] {CONNECT, 100});
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofSeconds(1))
          .until(
              () -> {
                try {
                  socket.getOutputStream().write('M');
                } catch (IOException closed) {
                  return true;
                }
                return isClosed(socket);
              });
    }
  }
}
