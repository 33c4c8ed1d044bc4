package org.linli.edge.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.linli.edge.outbox.DeadLetterCount;
import org.linli.edge.outbox.Forgotten;
import org.linli.event.GatewayId;
import org.linli.event.UplinkTopics;

/** What answers where the hub should, and does not talk MQTT: no attempt leaves anything behind. */
class HubThatHangsUpTest {

  /** Its own, as threads are told apart by it. */
  private static final GatewayId GATEWAY = new GatewayId("hung-up-on");

  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private ServerSocket server;

  /** What the other side does with a connection. */
  private interface Manner {
    void meet(Socket socket) throws IOException;
  }

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }

  private void answers(Manner manner) {
    Thread.ofVirtual()
        .start(
            () -> {
              while (!server.isClosed()) {
                try {
                  manner.meet(server.accept());
                } catch (IOException closed) {
                  return;
                }
              }
            });
  }

  private void failsToConnect() {
    URI hub = URI.create("mqtt://127.0.0.1:" + server.getLocalPort());
    assertThatThrownBy(
            () ->
                new HubConnection(
                    hub,
                    new UplinkTopics(GATEWAY),
                    TestSettings.quick(Map.of()),
                    new Signals(),
                    "run-1",
                    () -> DeadLetterCount.NONE,
                    () -> null,
                    () -> Forgotten.NONE,
                    Map::of,
                    Clock.systemUTC()))
        .isInstanceOf(MqttException.class);
  }

  private static void awaitNoThreadOfItsClient() {
    await()
        .atMost(Duration.ofSeconds(15))
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.startsWith("MQTT ") && name.endsWith(GATEWAY.value())));
  }

  @Test
  void closingAtOnceLeavesNothingBehind() {
    answers(Socket::close);

    for (int i = 0; i < 5; i++) {
      failsToConnect();
    }

    awaitNoThreadOfItsClient();
  }

  @Test
  void sayingSomethingElseLeavesNothingBehind() {
    answers(
        socket -> {
          open.add(socket);
          socket.getOutputStream().write("SSH-2.0-Other\r\n".getBytes(StandardCharsets.US_ASCII));
        });

    for (int i = 0; i < 3; i++) {
      failsToConnect();
    }

    awaitNoThreadOfItsClient();
  }

  @Test
  void sayingNothingLeavesNothingBehind() {
    answers(open::add);

    failsToConnect();

    awaitNoThreadOfItsClient();
  }
}
