package org.linli.sims;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.sims.console.CannotRunException;
import org.linli.sims.journal.Outcome;
import org.linli.sims.journal.RecordedEvent;
import org.linli.sims.journal.RecordedRun;
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
      assertThat(ids(gateway.overMqtt()).distinct()).hasSize(400);
      assertThat(figures.path("device → acknowledged").path("count").asInt()).isEqualTo(400);
      assertThat(figures.path("device → stored").path("p50Millis").asDouble()).isBetween(6.9, 7.1);
      assertThat(figures.path("device → alert").path("count").asInt()).isEqualTo(4);
      assertThat(figures.path("alertsMissing").asInt()).isZero();
    }
  }

  @Test
  void withAWindowItOffersAsMuchAsIsAcknowledged() throws IOException {
    Path report = folder.resolve("load.json");
    try (FakeGateway gateway = new FakeGateway(0)) {
      RunningCommand run =
          RunningCommand.run(
              "load",
              "--window=4",
              "--rate=1",
              "--for=1s",
              "--connections=2",
              "--mqtt=" + gateway.mqttUri(),
              "--report=" + report);

      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.out()).contains("4 unanswered each for 1 s");
      assertThat(gateway.overMqtt()).hasSizeGreaterThan(100);
      assertThat(JsonMapper.shared().readTree(report).path("acknowledged").asInt())
          .isEqualTo(gateway.overMqtt().size());
    }
  }

  /** A gateway that keeps nothing for now answers nothing, and takes no more when it has enough. */
  @Test
  @Timeout(60)
  void endsAlthoughTheGatewayTakesNothingMore() {
    try (FakeGateway gateway = new FakeGateway(Integer.MAX_VALUE)) {
      RunningCommand run =
          RunningCommand.run(
              "load",
              "--rate=200000",
              "--for=1s",
              "--patience=1s",
              "--connections=2",
              "--mqtt=" + gateway.mqttUri());

      assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
      assertThat(run.out())
          .contains("ended after 2 s, because the connections accepted no more events");
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

  @Test
  void aMixedLoadSpeaksEverythingAndItsRecordHasEachEventAndItsAnswer()
      throws IOException, CannotRunException {
    Path record = folder.resolve("record.txt");
    try (FakeGateway gateway = new FakeGateway(0)) {
      RunningCommand run = load(gateway, record, "--protocol=mixed", "--connections=10");

      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(gateway.overMqtt()).hasSizeGreaterThan(100);
      assertThat(gateway.overCoap()).hasSizeGreaterThan(30);
      assertThat(gateway.overHttp()).hasSizeGreaterThan(30);
      RecordedRun recorded = RecordedRun.read(record);
      assertThat(recorded.ended()).isTrue();
      assertThat(recorded.protocols())
          .containsEntry("mqtt", (long) gateway.overMqtt().size())
          .containsEntry("coap", (long) gateway.overCoap().size())
          .containsEntry("http", (long) gateway.overHttp().size());
      assertThat(recorded.events())
          .extracting(RecordedEvent::id)
          .containsExactlyInAnyOrderElementsOf(ids(gateway.received()).toList());
      assertThat(recorded.events()).allMatch(event -> event.outcome() == Outcome.ACKNOWLEDGED);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, UNKNOWN", "1, ACKNOWLEDGED", "2, ACKNOWLEDGED"})
  void atEveryQualityOfServiceTheRecordSaysWhatTheDeviceWasTold(int qos, Outcome told)
      throws IOException, CannotRunException {
    Path record = folder.resolve("record.txt");
    try (FakeGateway gateway = new FakeGateway(0)) {
      RunningCommand run = load(gateway, record, "--qos=" + qos);

      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(gateway.overMqtt()).hasSize(300);
      assertThat(RecordedRun.read(record).events())
          .hasSize(300)
          .allMatch(event -> event.outcome() == told);
    }
  }

  @Test
  void whatGotNoAnswerIsSentAgainWithTheSameIdAndTheRecordSaysSo()
      throws IOException, CannotRunException {
    Path record = folder.resolve("record.txt");
    try (FakeGateway gateway = new FakeGateway(20)) {
      RunningCommand run = load(gateway, record);

      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(ids(gateway.overMqtt()).distinct()).hasSize(300);
      assertThat(RecordedRun.read(record).events())
          .allMatch(event -> event.outcome() == Outcome.ACKNOWLEDGED)
          .anyMatch(event -> event.repeats() > 0);
    }
  }

  @Test
  void withoutResendingWhatGotNoAnswerStaysUnknown() throws IOException, CannotRunException {
    Path record = folder.resolve("record.txt");
    try (FakeGateway gateway = new FakeGateway(3)) {
      RunningCommand run = load(gateway, record, "--no-resend");

      assertThat(run.exitCode()).as(run.out()).isEqualTo(1);
      RecordedRun recorded = RecordedRun.read(record);
      assertThat(recorded.events())
          .anyMatch(event -> event.outcome() == Outcome.UNKNOWN)
          .allMatch(event -> event.repeats() == 0);
      assertThat(recorded.events().stream().filter(e -> e.outcome() == Outcome.ACKNOWLEDGED))
          .extracting(RecordedEvent::id)
          .isSubsetOf(ids(gateway.overMqtt()).toList());
    }
  }

  @Test
  void theRecordOfAnotherRunIsNeverWrittenOver() throws IOException {
    Path record = Files.writeString(folder.resolve("record.txt"), "precious");
    try (FakeGateway gateway = new FakeGateway(0)) {
      RunningCommand run = load(gateway, record);
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err()).contains("record.txt is the record of another run");
      assertThat(gateway.received()).isEmpty();
    }
    assertThat(record).hasContent("precious");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--qos=3", "--connections=0", "--connections=20001", "--connect-rate=0"})
  void whatIsOutOfRangeIsNamedWithItsRange(String option) {
    RunningCommand run = RunningCommand.run("load", option);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .hasLineCount(1)
        .contains(option.substring(0, option.indexOf('=')), " to ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--mix=uniview                       | --mix knows no format \"uniview\"; it knows linli",
        "--mix=linli --protocol=mixed        | --protocol and --mix exclude each other",
        "--mix=linli,frigate --connections=1 | --connections is 1",
      })
  void whatIsWrongOfAMixIsSaidInOneSentence(String options, String sentence) {
    List<String> arguments = new ArrayList<>(List.of("load"));
    arguments.addAll(List.of(options.split(" ")));
    RunningCommand run = RunningCommand.run(arguments.toArray(String[]::new));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).hasLineCount(1).contains(sentence);
  }

  @Test
  void aMixIsTakenDownWithWhatMustBecomeOfEachMessage() throws CannotRunException {
    Path record = folder.resolve("record.txt");
    try (FakeGateway gateway = new FakeGateway(0)) {
      RunningCommand run =
          load(gateway, record, "--mix=linli=2,linli-coap,linli-http", "--connections=4");
      assertThat(run.exitCode()).as(run.out()).isZero();
      RecordedRun recorded = RecordedRun.read(record);
      assertThat(recorded.protocols())
          .containsExactlyInAnyOrderEntriesOf(Map.of("mqtt", 150L, "coap", 75L, "http", 75L));
      assertThat(recorded.events())
          .hasSize(300)
          .allMatch(event -> event.outcome() == Outcome.ACKNOWLEDGED);
      assertThat(recorded.events())
          .extracting(event -> event.expectation().orElseThrow().mark())
          .containsExactlyInAnyOrderElementsOf(
              ids(gateway.received()).map(id -> "id=" + id).toList());
    }
  }

  private static RunningCommand load(FakeGateway gateway, Path record, String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "load",
                "--rate=300",
                "--for=1s",
                "--mqtt=" + gateway.mqttUri(),
                "--coap=" + gateway.coapUri(),
                "--http=" + gateway.httpUri(),
                "--record=" + record));
    arguments.addAll(List.of(options));
    return RunningCommand.run(arguments.toArray(String[]::new));
  }

  private static Stream<String> ids(List<String> events) {
    return events.stream().map(json -> JsonMapper.shared().readTree(json).path("id").asString());
  }
}
