package org.linli.sims.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.DeviceId;
import org.linli.event.EventId;
import org.linli.event.EventType;
import org.linli.event.Kind;
import org.linli.event.Value;
import org.linli.event.Values;
import org.linli.sims.console.CannotRunException;
import org.linli.sims.day.LinliJson;
import org.linli.sims.day.SimulatedEvent;
import tools.jackson.databind.json.JsonMapper;

class JournalFileTest {

  private static final Instant BEGAN = Instant.parse("2026-11-23T05:00:00Z");

  @TempDir private Path folder = Path.of("unset");

  private final InstantSource clock = InstantSource.fixed(BEGAN.plusMillis(1_500));

  @Test
  void whatWasTakenDownIsInTheFileBeforeAnythingElseHappens()
      throws IOException, CannotRunException {
    Path file = folder.resolve("record.txt");
    try (Journal journal = JournalFile.create(file, "run-1", BEGAN, clock)) {
      journal.connection(3, "coap", "load-1-3");
      journal.offered(0, 3, event("e-0"));
      journal.acknowledged(0);

      // Neither closed nor ended: this is what a killed process leaves.
      assertThat(Files.readAllLines(file))
          .containsExactly(
              "linli-load-record 1 run-1 2026-11-23T05:00:00Z",
              "C 3 coap load-1-3",
              "O 0 3 20 access door-1 door.opened 9aa2bf5 e-0",
              "A 0 1500");
    }
  }

  @Test
  void readingGivesWhatWasTakenDown() throws IOException, CannotRunException {
    Path file = folder.resolve("record.txt");
    try (Journal journal = JournalFile.create(file, "run-1", BEGAN, clock)) {
      journal.connection(3, "coap", "load-1-3");
      for (int i = 0; i < 4; i++) {
        journal.offered(i, 3, event("e-" + i));
      }
      journal.repeated(1);
      journal.repeated(1);
      journal.acknowledged(1);
      journal.refused(2, "HTTP 400\nnot JSON");
      journal.unconfirmed(3);
      journal.ended();
    }
    RecordedRun run = RecordedRun.read(file);
    assertThat(run.run()).isEqualTo("run-1");
    assertThat(run.ended()).isTrue();
    assertThat(run.protocols()).isEqualTo(Map.of("coap", 4L));
    assertThat(run.events())
        .extracting(RecordedEvent::outcome)
        .containsExactly(Outcome.UNKNOWN, Outcome.ACKNOWLEDGED, Outcome.REFUSED, Outcome.UNKNOWN);
    RecordedEvent event = run.events().get(1);
    assertThat(event.id()).isEqualTo("e-1");
    assertThat(event.device()).isEqualTo("door-1");
    assertThat(event.kind()).isEqualTo("access");
    assertThat(event.type()).isEqualTo("door.opened");
    assertThat(event.time()).isEqualTo(BEGAN.plusMillis(20));
    assertThat(event.connection()).isEqualTo(3);
    assertThat(event.repeats()).isEqualTo(2);
  }

  @Test
  void anAcknowledgementIsNotTakenBackByWhatComesAfterIt() throws IOException, CannotRunException {
    Path file =
        Files.write(
            folder.resolve("record.txt"),
            List.of(
                "linli-load-record 1 r 2026-11-23T05:00:00Z",
                "O 0 0 0 access d t 0 e-0",
                "A 0 5",
                "R 0 6 no",
                "U 0 7"));
    assertThat(RecordedRun.read(file).events().getFirst().outcome())
        .isEqualTo(Outcome.ACKNOWLEDGED);
  }

  @Test
  void anAnswerToAnEventThatWasNeverOfferedIsNamedWithItsLine() throws IOException {
    Path file =
        Files.write(
            folder.resolve("record.txt"),
            List.of("linli-load-record 1 r 2026-11-23T05:00:00Z", "A 0 5"));
    assertThatThrownBy(() -> RecordedRun.read(file)).hasMessageContaining("line 2 says \"A 0 5\"");
  }

  @Test
  void theChecksumIsTheSameForWhatIsSentAndWhatIsShown() {
    SimulatedEvent event = event("e-0");
    String sent = new String(LinliJson.sent(event, BEGAN), StandardCharsets.UTF_8);
    assertThat(Content.checksum(JsonMapper.shared().readTree(sent).path("values")))
        .isEqualTo(Content.checksum(event.values()));
    assertThat(
            Content.checksum(
                JsonMapper.shared()
                    .readTree(
                        "{\"text\":\"q\",\"open\":true,\"half\":0.50,\"round\":2,\"whole\":17.0}")))
        .isEqualTo(Content.checksum(event.values()));
    assertThat(
            Content.checksum(
                JsonMapper.shared()
                    .readTree(
                        "{\"text\":\"q\",\"open\":true,\"half\":0.51,\"round\":2,\"whole\":17}")))
        .isNotEqualTo(Content.checksum(event.values()));
  }

  private static SimulatedEvent event(String id) {
    Map<String, Value> values = new LinkedHashMap<>();
    values.put("whole", new Value.Whole(17));
    values.put("half", new Value.Real(0.5));
    values.put("round", new Value.Real(2.0));
    values.put("open", new Value.Truth(true));
    values.put("text", new Value.Text("q"));
    return new SimulatedEvent(
        BEGAN.plusMillis(20),
        new DeviceId("door-1"),
        Kind.ACCESS,
        new EventType("door.opened"),
        new EventId(id),
        new Values(values));
  }
}
