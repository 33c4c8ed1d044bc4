package org.linli.edge.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.RunningGateway;
import org.linli.event.DeviceEvent;
import org.linli.event.UnreadableAlarm;
import org.linli.event.Value;

/** A dead letter that may report an emergency, from a door of the whole gateway to what it says. */
class UnreadableAlarmTest {

  @TempDir private Path data;

  @Test
  void saysWhatItCouldNotReadAlsoAfterARestart() throws Exception {
    try (RunningGateway gateway = RunningGateway.start(data);
        HttpClient http = HttpClient.newHttpClient()) {
      assertThat(post(http, gateway, "/linli/access/door-1", "{\"door\":"))
          .as("nothing of a life")
          .isEqualTo(400);
      assertThat(gateway.kept("gateway-1")).isEmpty();

      assertThat(post(http, gateway, "/linli/access/door-1", "烟雾报警")).isEqualTo(400);
      assertThat(post(http, gateway, "/linli/no/such/smoke-1", "{}")).isEqualTo(404);
      assertSaid(gateway.kept("gateway-1"));
      assertThat(gateway.lastDeadLetterId()).isEqualTo(3);
      assertThat(gateway.ledger().balances()).isTrue();
    }
    try (RunningGateway gateway = RunningGateway.start(data)) {
      assertSaid(gateway.kept("gateway-1"));
    }
  }

  private static void assertSaid(List<DeviceEvent> kept) {
    assertThat(kept)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(UnreadableAlarm.is(event)).isTrue();
              assertThat(event.values().byName())
                  .containsEntry("door", new Value.Text("http"))
                  .containsEntry("source", new Value.Text("/linli/access/door-1"))
                  .containsEntry("word", new Value.Text("烟雾"));
            });
  }

  private static int post(HttpClient http, RunningGateway gateway, String path, String body)
      throws IOException, InterruptedException {
    return http.send(
            HttpRequest.newBuilder(gateway.http(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body, Charset.forName("GBK")))
                .build(),
            BodyHandlers.discarding())
        .statusCode();
  }
}
