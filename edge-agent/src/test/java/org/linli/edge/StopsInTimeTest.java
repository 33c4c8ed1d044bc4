package org.linli.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.outbox.sqlite.SqliteOutbox;
import org.linli.program.folder.DataFolder;
import org.linli.program.folder.DataFolderRefusedException;
import org.linli.program.thread.Farewell;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/**
 * A gateway in which everything hangs at once ends in its time and loses nothing it acknowledged.
 */
@ExtendWith(OutputCaptureExtension.class)
class StopsInTimeTest {

  /** Without a common time it would never end. That it takes 5 s at most is tested by StopIT. */
  private static final Duration WITHIN = Duration.ofMinutes(1);

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<AutoCloseable> open = new ArrayList<>();

  @TempDir Path data;

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
    client.close();
  }

  @Test
  void whileTheDiskTheHubTheBrokerAndDevicesHang(CapturedOutput log) throws Exception {
    ServerSocket hub = silent();
    ServerSocket broker = silent();
    DatagramSocket box = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    open.add(box);
    Farewell farewell =
        Farewell.within(Duration.ofSeconds(4), Duration.ofSeconds(1), System::nanoTime);
    RunningGateway gateway =
        RunningGateway.start(
            data,
            Map.of("farewell", farewell),
            "--linli.hub-uri=mqtt://127.0.0.1:" + hub.getLocalPort(),
            "--linli.broker.uri=mqtt://127.0.0.1:" + broker.getLocalPort(),
            "--linli.broker.profiles=frigate",
            "--linli.coap.servers[0].uri=coap://127.0.0.1:" + box.getLocalPort() + "/x",
            "--linli.coap.servers[0].device=box-1",
            "--linli.coap.servers[0].kind=environment");
    assertThat(post(gateway, "one").get().statusCode()).isEqualTo(204);

    gateway.valve().close();
    CompletableFuture<HttpResponse<String>> unanswered = post(gateway, "two");
    await().until(gateway.valve()::holds);
    open.add(HangingClients.deaf(gateway.mqttPort()));
    open.add(HangingClients.firstBlock(URI.create(gateway.coap("")).getPort()));

    try {
      farewell.begin();
      assertTimeoutPreemptively(WITHIN, () -> gateway.close());
      assertThat(unanswered)
          .satisfiesAnyOf(
              answer -> assertThat(answer).isNotDone(),
              answer -> assertThat(answer).isCompletedExceptionally(),
              answer -> assertThat(answer.join().statusCode()).isGreaterThanOrEqualTo(500));
      assertThat(log).contains("A part did not end in time and is left behind part=\"outbox\"");
    } finally {
      gateway.valve().open();
    }
    await()
        .ignoreExceptionsMatching(DataFolderRefusedException.class::isInstance)
        .untilAsserted(() -> DataFolder.claim(data, SqliteOutbox.OWNER).close());
    try (RunningGateway again = RunningGateway.start(data)) {
      assertThat(again.kept("one")).hasSize(1);
    }
  }

  private ServerSocket silent() throws IOException {
    ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    open.add(silent);
    return silent;
  }

  private CompletableFuture<HttpResponse<String>> post(RunningGateway gateway, String device) {
    return client.sendAsync(
        HttpRequest.newBuilder(gateway.http("/linli/access/" + device))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"type\":\"door.opened\"}"))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
