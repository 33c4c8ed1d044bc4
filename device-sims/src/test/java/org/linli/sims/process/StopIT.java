package org.linli.sims.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.HangingClients;
import org.linli.sims.program.FreePort;
import org.linli.sims.program.Program;

/** SIGTERM ends the packaged agent within 5 s, whatever waits. */
@Tag("slow")
class StopIT {

  private static final Duration WITHIN = Duration.ofSeconds(5);
  private static final int SIGTERM = 143;

  private final int http = FreePort.tcp();
  private final int coap = FreePort.udp();
  private final int mqtt = FreePort.tcp();
  private final List<AutoCloseable> open = new ArrayList<>();

  @TempDir Path data;

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  @Test
  void whileItWaitsToAskCoapServersAgain() throws Exception {
    DatagramSocket failing = coapServer();
    stopsInTime(
        () -> {},
        "--linli.coap.servers[0].uri=coap://127.0.0.1:" + failing.getLocalPort() + "/x",
        "--linli.coap.servers[0].device=box-1",
        "--linli.coap.servers[0].kind=environment",
        "--linli.coap.servers[1].uri=coap://127.0.0.1:9/silent",
        "--linli.coap.servers[1].device=box-2",
        "--linli.coap.servers[1].kind=environment",
        "--linli.coap.servers[1].observe=false",
        "--linli.coap.first-pause=40s");
  }

  /** The hub and the broker accept connections and never answer; a client takes no answer. */
  @Test
  void whileUploadsAreUnderWayAndEverybodyElseIsSilent() throws Exception {
    ServerSocket hub = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    ServerSocket broker = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    open.add(hub);
    open.add(broker);
    stopsInTime(
        () -> {
          for (String path : List.of("/linli/access/a", "/iclock/cdata?SN=A1", "/intake/onvif/b")) {
            Socket slow = new Socket(InetAddress.getLoopbackAddress(), http);
            open.add(slow);
            slow.getOutputStream()
                .write(
                    ("POST "
                            + path
                            + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                            + "Content-Length: 60000\r\n\r\n{")
                        .getBytes(StandardCharsets.US_ASCII));
          }
          open.add(HangingClients.firstBlock(coap));
          open.add(HangingClients.deaf(mqtt));
        },
        "--linli.hub-uri=mqtt://127.0.0.1:" + hub.getLocalPort(),
        "--linli.broker.uri=mqtt://127.0.0.1:" + broker.getLocalPort(),
        "--linli.broker.profiles=frigate");
  }

  @Test
  void whileTheHubAndTheBrokerAreAway() throws Exception {
    stopsInTime(
        () -> {}, "--linli.broker.uri=mqtt://127.0.0.1:9", "--linli.broker.profiles=frigate");
  }

  /** What happens before the stop. */
  @FunctionalInterface
  private interface Before {
    void happens() throws IOException;
  }

  private void stopsInTime(Before before, String... settings) throws Exception {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--server.port=" + http,
                "--linli.coap.port=" + coap,
                "--linli.mqtt.port=" + mqtt,
                "--linli.gateway-id=gateway-1",
                "--linli.data=" + data.resolve("data")));
    if (Arrays.stream(settings).noneMatch(setting -> setting.startsWith("--linli.hub-uri"))) {
      all.add("--linli.hub-uri=mqtt://127.0.0.1:9");
    }
    all.addAll(List.of(settings));
    try (Program agent =
        Programs.launch("edge-agent", Map.of(), data.resolve("log"), all.toArray(String[]::new))) {
      await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> agent.output().contains("Started EdgeAgent"));
      before.happens();
      await().pollDelay(Duration.ofSeconds(3)).until(() -> true);

      long began = System.nanoTime();
      new ProcessBuilder("kill", "-TERM", Long.toString(agent.pid())).start().waitFor();
      OptionalInt code = agent.awaitExit(Duration.ofSeconds(60));

      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(WITHIN);
      assertThat(code).hasValue(SIGTERM);
    }
  }

  /** Answers everything with 5.00. */
  private DatagramSocket coapServer() throws IOException {
    DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    open.add(socket);
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                while (true) {
                  DatagramPacket asked = new DatagramPacket(new byte[1_500], 1_500);
                  socket.receive(asked);
                  byte[] answer = Arrays.copyOf(asked.getData(), 4 + (asked.getData()[0] & 0xf));
                  answer[0] = (byte) (0x60 | answer[0] & 0xf);
                  answer[1] = (byte) 0xa0;
                  socket.send(new DatagramPacket(answer, answer.length, asked.getSocketAddress()));
                }
              } catch (IOException closed) {
                // The test is over.
              }
            });
    return socket;
  }
}
