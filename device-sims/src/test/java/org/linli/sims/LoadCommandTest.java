package org.linli.sims;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LoadCommandTest {

  @TempDir private Path folder = Path.of(".");

  @Test
  void offersWhatWasAskedForAndMeasuresItsAcknowledgement() throws IOException {
    Path report = folder.resolve("load.json");
    try (FakeGateway gateway = new FakeGateway(0);
        FakeHub hub = new FakeHub(gateway.overMqtt())) {
      RunningCommand run =
          RunningCommand.run(
              "load",
              "--rate=200",
              "--for=2s",
              "--connections=2",
              "--protocol=mqtt",
              "--mqtt=" + gateway.mqttUri(),
              "--hub=" + hub.uri(),
              "--token=" + FakeHub.TOKEN,
              "--report=" + report);

      JsonNode figures = JsonMapper.shared().readTree(report);
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(figures.path("acknowledged").asInt()).isEqualTo(400);
      assertThat(gateway.overMqtt()).hasSize(400);
      assertThat(ids(gateway).distinct()).hasSize(400);
      assertThat(figures.path("device → acknowledged").path("count").asInt()).isEqualTo(400);
      assertThat(figures.path("device → stored").path("p50Millis").asDouble()).isBetween(6.9, 7.1);
      assertThat(figures.path("device → alert").path("count").asInt()).isEqualTo(4);
      assertThat(figures.path("alertsMissing").asInt()).isZero();
    }
  }

  @Test
  void aTokenThatTheHubRefusesIsSaidBeforeAnythingIsSent() {
    try (FakeGateway gateway = new FakeGateway(0);
        FakeHub hub = new FakeHub(gateway.overMqtt())) {
      RunningCommand run =
          RunningCommand.run(
              "load", "--mqtt=" + gateway.mqttUri(), "--hub=" + hub.uri(), "--token=wrong");
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err()).hasLineCount(1).contains("401");
      assertThat(gateway.overMqtt()).isEmpty();
    }
  }

  private static Stream<String> ids(FakeGateway gateway) {
    return gateway.overMqtt().stream()
        .map(json -> JsonMapper.shared().readTree(json).path("id").asString());
  }
}
