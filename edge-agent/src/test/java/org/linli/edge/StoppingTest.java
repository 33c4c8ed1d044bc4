package org.linli.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.linli.event.LeavesNoThreads;

@Isolated("it looks at the threads of the whole process")
@ExtendWith(LeavesNoThreads.class)
class StoppingTest {

  /** Again, as what only the first one makes may be meant to stay. */
  @RepeatedTest(2)
  void aGatewayThatServedAndStopsLeavesNoThread(@TempDir Path data) throws Exception {
    try (RunningGateway gateway = RunningGateway.start(data);
        HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(gateway.http("/linli/access/door-1"))
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString("{\"type\":\"door.opened\"}"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(204);
      assertThat(gateway.ledger().taken()).isEqualTo(1);
    }
  }
}
