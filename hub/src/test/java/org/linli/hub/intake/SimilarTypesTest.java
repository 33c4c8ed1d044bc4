package org.linli.hub.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.Kind;
import org.linli.hub.RunningHub;
import org.linli.hub.records.TestRecords;
import tools.jackson.databind.JsonNode;

/**
 * A type that is nearly a known one is stored, marked, counted, and told to the supervisor once.
 */
class SimilarTypesTest {

  private static final String ABOUT_TYPES = "device.type-unknown";

  @TempDir Path data;

  @Test
  void aMistypedTypeIsStoredMarkedCountedAndToldOnce() {
    try (RunningHub hub = RunningHub.start(data)) {
      hub.gateway().reports("door-1", Kind.ACCESS, "door.frced");
      hub.gateway().reports("door-1", Kind.ACCESS, "door.frced");
      hub.gateway().reports("door-1", Kind.ACCESS, "door.opened");
      hub.gateway().reports("door-1", Kind.ACCESS, "door.unheard-of");

      JsonNode alert = only(about(hub));
      assertThat(alert.path("title").path("zh").asString())
          .isEqualTo("设备 door-1 上报了未知类型 door.frced，疑似 door.forced");
      assertThat(alert.path("title").path("en").asString())
          .isEqualTo("door-1 reported the unknown type door.frced, perhaps door.forced");
      assertThat(alert.path("severity").asString()).isEqualTo("warning");
      assertThat(alert.path("device").asString()).isEqualTo("door-1");
      assertThat(alert.path("assignee").path("id").asString())
          .as("a supervisor of the sample community")
          .isEqualTo("zhou");
      assertThat(hub.json("/api/v1/ledger").path("similarTypes").asLong()).isEqualTo(2);
      assertThat(hub.json("/api/v1/ledger").path("applied").asLong()).isEqualTo(4);
      assertThat(metric(hub)).isEqualTo(2);
      Awaitility.await()
          .untilAsserted(
              () ->
                  assertThat(marks(hub, "door-1"))
                      .containsExactlyInAnyOrder(
                          "door.frced door.forced",
                          "door.frced door.forced",
                          "door.opened null",
                          "door.unheard-of null"));

      String id = alert.path("id").asString();
      assertThat(hub.post("/api/v1/alerts/" + id + "/resolve", "{\"by\":\"zhou\"}").statusCode())
          .isEqualTo(200);
      hub.gateway().reports("door-1", Kind.ACCESS, "door.frced");
      assertThat(about(hub)).as("told once").hasSize(1);
    }
    try (RunningHub again = RunningHub.start(data)) {
      again.clock().advance(Duration.ofMinutes(1));
      again.gateway().inEpoch(2).reports("door-1", Kind.ACCESS, "door.frced");

      assertThat(about(again)).as("not again after a restart").hasSize(1);
      assertThat(again.json("/api/v1/ledger").path("similarTypes").asLong()).isEqualTo(4);
    }
  }

  @Test
  void aDeviceThatInventsTypesIsToldOfAFewTimesOnly() {
    try (RunningHub hub = RunningHub.start(data)) {
      for (char letter = 'a'; letter <= 'z'; letter++) {
        hub.gateway().reports("door-1", Kind.ACCESS, "door.forced" + letter);
      }
      hub.gateway().reports("door-2", Kind.ACCESS, "door.frced");

      assertThat(about(hub)).hasSize(SimilarTypes.MOST_OF_A_DEVICE + 1);
      assertThat(hub.json("/api/v1/ledger").path("similarTypes").asLong()).isEqualTo(27);
    }
  }

  @Test
  void strangersUseUpNothingOfWhatIsToldOfARegisteredDevice() throws Exception {
    tellOfStrangers(SimilarTypes.MOST - 1);
    try (RunningHub hub = RunningHub.start(data)) {
      hub.gateway().reports("stranger-a", Kind.ACCESS, "door.frced");
      hub.gateway().reports("stranger-b", Kind.ACCESS, "door.frced");
      hub.gateway().reports("door-1", Kind.ACCESS, "door.frced");

      assertThat(about(hub).stream().map(alert -> alert.path("device").asString()))
          .as("one stranger more fits, and the registered one always")
          .containsExactlyInAnyOrder("stranger-a", "door-1");
      for (char letter = 'a'; letter <= 'z'; letter++) {
        hub.gateway().reports("door-1", Kind.ACCESS, "door.forced" + letter);
      }
      assertThat(about(hub)).hasSize(1 + SimilarTypes.MOST_OF_A_DEVICE);
    }
  }

  @Test
  void registeredDevicesUseUpNothingOfWhatIsToldOfStrangers() throws Exception {
    try (RunningHub _ = RunningHub.start(data)) {
      // Makes the records.
    }
    tellOfStrangers(SimilarTypes.MOST - 1);
    try (RunningHub hub = RunningHub.start(data)) {
      hub.gateway().reports("door-1", Kind.ACCESS, "door.frced");
      hub.gateway().reports("stranger-a", Kind.ACCESS, "door.frced");

      assertThat(about(hub)).hasSize(2);
    }
  }

  private void tellOfStrangers(int count) {
    try (TestRecords records = new TestRecords(data)) {
      records
          .jdbc()
          .batchUpdate(
              "INSERT INTO similar_type (community, device, type, similar_to, first_at, events)"
                  + " VALUES ('xiongguan', ?, 'door.frced', 'door.forced', 0, 1)",
              IntStream.rangeClosed(1, count)
                  .mapToObj(stranger -> new Object[] {"stranger-" + stranger})
                  .toList());
    }
  }

  private static JsonNode only(List<JsonNode> alerts) {
    assertThat(alerts).hasSize(1);
    return alerts.getFirst();
  }

  private static List<JsonNode> about(RunningHub hub) {
    return hub.json("/api/v1/alerts?limit=500")
        .path("items")
        .valueStream()
        .filter(alert -> alert.path("type").asString().equals(ABOUT_TYPES))
        .toList();
  }

  private static List<String> marks(RunningHub hub, String device) {
    return hub.json("/api/v1/events?device=" + device)
        .path("items")
        .valueStream()
        .map(
            event ->
                event.path("type").asString()
                    + " "
                    + (event.path("similarTo").isNull()
                        ? "null"
                        : event.path("similarTo").asString()))
        .toList();
  }

  private static double metric(RunningHub hub) {
    return hub.bean(MeterRegistry.class).get("linli.intake.similar.types").counter().count();
  }
}
