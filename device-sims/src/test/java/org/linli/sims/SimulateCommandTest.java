package org.linli.sims;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.sims.console.CannotRunException;
import org.linli.sims.journal.Outcome;
import org.linli.sims.journal.RecordedRun;
import org.linli.sims.program.FreePort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SimulateCommandTest {

  @TempDir private Path folder = Path.of(".");

  @Test
  void sendsTheDayOverBothProtocolsAndCountsItself() throws IOException {
    Path report = folder.resolve("count.json");
    try (FakeGateway gateway = new FakeGateway(0)) {
      RunningCommand run =
          RunningCommand.run(
              "simulate",
              "--mqtt=" + gateway.mqttUri(),
              "--coap=" + gateway.coapUri(),
              "--story",
              "--speed=60",
              "--for=4s",
              "--report=" + report);

      JsonNode count = JsonMapper.shared().readTree(report);
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(count.path("protocols").path("mqtt").path("acknowledged").asInt())
          .isEqualTo(gateway.overMqtt().size())
          .isGreaterThan(100);
      assertThat(count.path("protocols").path("coap").path("acknowledged").asInt())
          .isEqualTo(gateway.overCoap().size())
          .isGreaterThan(20);
      assertThat(count.path("offered")).isEqualTo(count.path("acknowledged"));
      assertThat(Stream.concat(gateway.overMqtt().stream(), gateway.overCoap().stream()))
          .anyMatch(json -> json.contains("passenger.trapped"));
      assertThat(run.out()).contains("mqtt", "coap", "together");
    }
  }

  @Test
  void whatIsSentIsWhatIsPrintedButForItsTimeAndBoot() {
    List<String> printed =
        RunningCommand.run("simulate", "--print", "--count=200", "--boot=x").out().lines().toList();
    try (FakeGateway gateway = new FakeGateway(0)) {
      RunningCommand run =
          RunningCommand.run(
              "simulate",
              "--mqtt=" + gateway.mqttUri(),
              "--coap=" + gateway.coapUri(),
              "--speed=60",
              "--count=200",
              "--boot=x");
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(Stream.concat(gateway.overMqtt().stream(), gateway.overCoap().stream()))
          .map(SimulateCommandTest::withoutTime)
          .containsExactlyInAnyOrderElementsOf(
              printed.stream().map(SimulateCommandTest::withoutTime).toList());
    }
  }

  @Test
  void whatGotNoAnswerIsSentAgainUnderTheSameId() throws IOException {
    Path report = folder.resolve("count.json");
    try (FakeGateway gateway = new FakeGateway(20)) {
      RunningCommand run =
          RunningCommand.run(
              "simulate",
              "--mqtt=" + gateway.mqttUri(),
              "--coap=" + gateway.coapUri(),
              "--speed=60",
              "--count=300",
              "--report=" + report);
      JsonNode count = JsonMapper.shared().readTree(report);
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(count.path("acknowledged").asInt()).isEqualTo(300);
      assertThat(count.path("repeated").asInt()).isGreaterThanOrEqualTo(20);
      Set<String> ids = new HashSet<>();
      Stream.concat(gateway.overMqtt().stream(), gateway.overCoap().stream())
          .forEach(json -> ids.add(JsonMapper.shared().readTree(json).path("id").asString()));
      assertThat(ids).hasSize(300);
    }
  }

  @Test
  void playsOtherMakesBesideTheCommunityAndTakesBothDown() throws IOException, CannotRunException {
    Path report = folder.resolve("count.json");
    Path record = folder.resolve("record.txt");
    try (FakeGateway gateway = new FakeGateway(0)) {
      RunningCommand run =
          RunningCommand.run(
              "simulate",
              "--mqtt=" + gateway.mqttUri(),
              "--coap=" + gateway.coapUri(),
              "--http=" + gateway.httpUri(),
              "--formats=linli,linli-http=2",
              "--speed=60",
              "--for=2s",
              "--record=" + record,
              "--report=" + report);
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.out()).contains("messages of makes", "linli-http");
      JsonNode count = JsonMapper.shared().readTree(report);
      JsonNode messages = count.path("messages");
      assertThat(messages.path("acknowledged").asInt()).isBetween(50, 90);
      assertThat(messages.path("leastEvents")).isEqualTo(messages.path("acknowledged"));
      assertThat(messages.path("mostEvents")).isEqualTo(messages.path("offered"));
      RecordedRun recorded = RecordedRun.read(record);
      assertThat(recorded.ended()).isTrue();
      assertThat(recorded.events())
          .hasSize(count.path("offered").asInt() + messages.path("offered").asInt())
          .hasSameSizeAs(gateway.received())
          .allMatch(event -> event.outcome() == Outcome.ACKNOWLEDGED);
      assertThat(recorded.events())
          .filteredOn(event -> event.expectation().isPresent())
          .hasSize(messages.path("offered").asInt());
    }
  }

  @Test
  void aGatewayThatDoesNotAnswerGetsOneSentence() {
    RunningCommand run =
        RunningCommand.run("simulate", "--mqtt=mqtt://127.0.0.1:" + FreePort.tcp(), "--for=1s");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).hasLineCount(1).contains("No gateway answers at mqtt://", "--mqtt");
  }

  @Test
  void aBrokenCommunityFileGetsOneSentenceWithItsLine() throws IOException {
    Path file = folder.resolve("community.yml");
    Files.writeString(file, "devices:\n  - {id: door-1, kind: access\n");
    RunningCommand run =
        RunningCommand.run("simulate", "--print", "--count=1", "--community=" + file);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(file.toString(), "line 3");
  }

  @Test
  void aDeviceOfNoKindIsNamed() throws IOException {
    Path file = folder.resolve("community.yml");
    Files.writeString(file, "devices:\n  - {id: door-1, kind: gate}\n");
    RunningCommand run =
        RunningCommand.run("simulate", "--print", "--count=1", "--community=" + file);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).hasLineCount(1).contains("door-1", "gate");
  }

  @Test
  void wrongOptionsGetASentenceAndNotAPage() {
    for (List<String> wrong :
        List.of(
            List.of("simulate", "--day=monday"),
            List.of("simulate", "--print"),
            List.of("simulate", "--speed=0"),
            List.of("simulate", "--formats=uniview"),
            List.of("simulate", "--print", "--count=1", "--formats=frigate"),
            List.of("simulate", "--for=soon"),
            List.of("simulate", "--mqtt=localhost"),
            List.of("load", "--rate=0"),
            List.of("load", "--protocol=tcp"))) {
      RunningCommand run = RunningCommand.run(wrong.toArray(String[]::new));
      assertThat(run.exitCode()).as("%s", wrong).isEqualTo(2);
      assertThat(run.err().lines().count()).as("%s: %s", wrong, run.err()).isBetween(1L, 2L);
      assertThat(run.err()).doesNotContain("Exception");
    }
  }

  private static String withoutTime(String json) {
    JsonNode event = JsonMapper.shared().readTree(json);
    return event.path("id").asString() + event.path("type").asString() + event.path("values");
  }
}
