package org.linli.hub.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.event.CommunityId;
import org.linli.event.Kind;
import org.linli.hub.RunningHub;
import org.linli.hub.records.OfSqlite;
import org.linli.hub.records.TestRecords;
import tools.jackson.databind.JsonNode;

/** Records are brought together with the communities of the files. */
@OfSqlite
class CommunityRowsTest {

  /** Left by the version that had one community and no column for it. */
  private static final String BEFORE = "hub-2026-11-30-journal-ids.db";

  private static final CommunityId HERE = TestCommunities.SAMPLE;
  private static final CommunityId THERE = new CommunityId("lanzhou");

  @TempDir Path folder;

  private void unpack(String fixture) throws IOException {
    try (InputStream in = TestRecords.class.getResourceAsStream(fixture)) {
      Files.copy(Objects.requireNonNull(in, fixture), folder.resolve("hub.db"));
    }
  }

  private static void bring(TestRecords records, CommunityId... now) {
    new CommunityRows(records.client(), records.transactions()).bring("communities", List.of(now));
  }

  private static List<String> ask(TestRecords records, String sql) {
    return records.client().sql(sql).query((row, _) -> String.valueOf(row.getString(1))).list();
  }

  /** Whose rows there are, by table; what the hub found out about itself is nobody's. */
  private static Stream<String> owners(TestRecords records) {
    return Stream.of(
            "SELECT DISTINCT 'alert ' || community FROM alert WHERE kind <> 'hub'",
            "SELECT DISTINCT 'rule_watch ' || community FROM rule_watch",
            "SELECT DISTINCT 'device_seen ' || community FROM device_seen",
            "SELECT DISTINCT 'adopted_device ' || community FROM adopted_device",
            "SELECT DISTINCT 'device_equipment ' || community FROM device_equipment",
            "SELECT DISTINCT 'registry_change ' || community FROM registry_change",
            "SELECT DISTINCT 'unregistered_equipment ' || community FROM unregistered_equipment",
            "SELECT DISTINCT 'similar_type ' || community FROM similar_type",
            "SELECT DISTINCT 'dead_letter ' || community FROM dead_letter",
            "SELECT DISTINCT 'change ' || community FROM change",
            "SELECT DISTINCT 'community ' || id || ' ' || earlier FROM community")
        .flatMap(sql -> ask(records, sql).stream());
  }

  /** The people and devices that are named without saying of which community. */
  private static Stream<String> namedWithout(TestRecords records, CommunityId community) {
    return Stream.of(
            "SELECT assignee FROM alert",
            "SELECT acknowledged_by FROM alert",
            "SELECT resolved_by FROM alert",
            "SELECT done_by FROM alert_timeline",
            "SELECT whom FROM alert_timeline",
            "SELECT made_by FROM registry_change")
        .flatMap(sql -> ask(records, sql).stream())
        .filter(actor -> actor.startsWith("person:") || actor.startsWith("device:"))
        .filter(actor -> !actor.contains(":" + community + "/"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hub-2026-11-23.db",
        "hub-2026-11-26.db",
        "hub-2026-11-26-archive.db",
        "hub-2026-11-29.db",
        "hub-2026-11-29-bounds.db",
        "hub-2026-11-29-changes.db",
        "hub-2026-11-29-parts.db",
        BEFORE
      })
  void whatAnEarlierVersionRecordedIsOfTheOnlyCommunity(String fixture) throws IOException {
    unpack(fixture);
    try (TestRecords records = new TestRecords(folder)) {
      assertThat(owners(records)).contains("alert ", "device_seen ");

      bring(records, HERE);
      bring(records, HERE);

      assertThat(owners(records))
          .contains("alert xiongguan", "device_seen xiongguan", "community xiongguan 1")
          .allMatch(owner -> owner.split(" ", -1)[1].equals("xiongguan"));
      assertThat(namedWithout(records, HERE)).isEmpty();
    }
  }

  @Test
  void aHubOfAnEarlierVersionGoesOn() throws IOException {
    unpack(BEFORE);
    try (RunningHub hub = RunningHub.start(folder, "--linli.history.rebuild=true")) {
      JsonNode alert = of(hub, "door-1");
      assertThat(alert.at("/assignee/name").asString()).isEqualTo("刘强");
      assertThat(alert.at("/timeline/0/actor/id").asString()).isEqualTo("door-1");
      assertThat(hub.json("/api/v1/devices/cellar:leak").at("/name/en").asString())
          .isEqualTo("Cellar leak");
      assertThat(hub.json("/api/v1/devices/cellar:leak/changes").at("/items/0/by").asString())
          .isEqualTo("zhou");
      assertThat(hub.signedInVisitor().get("/devices/attic:leak").body()).contains("attic/leak");

      hub.gateway().inEpoch(2).reports("door-1", Kind.ACCESS, "door.forced", Map.of());

      assertThat(of(hub, "door-1").at("/id")).isEqualTo(alert.at("/id"));
      assertThat(of(hub, "door-1").at("/count").asLong())
          .isEqualTo(alert.at("/count").asLong() + 1);
      await()
          .untilAsserted(
              () ->
                  assertThat(hub.json("/api/v1/events?device=elevator-1-1").at("/items"))
                      .as("of the journal's rows of before, which say no community")
                      .hasSize(2));
    }
  }

  private static JsonNode of(RunningHub hub, String device) {
    return hub.json("/api/v1/alerts")
        .get("items")
        .valueStream()
        .filter(alert -> alert.get("device").asString().equals(device))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theOnlyCommunityMayGetAnotherId() throws IOException {
    unpack(BEFORE);
    try (TestRecords records = new TestRecords(folder)) {
      bring(records, HERE);
      records.client().sql("UPDATE journal SET community = 'xiongguan' WHERE id = 1").update();

      bring(records, THERE);

      assertThat(owners(records)).allMatch(owner -> owner.split(" ", -1)[1].equals("lanzhou"));
      assertThat(namedWithout(records, THERE)).isEmpty();
      assertThat(ask(records, "SELECT community FROM journal WHERE community IS NOT NULL"))
          .containsExactly("lanzhou");
    }
  }

  @Test
  void recordsThatKnowNoCommunityAreNotSharedOut() throws IOException {
    unpack(BEFORE);
    try (TestRecords records = new TestRecords(folder)) {
      assertThatThrownBy(() -> bring(records, HERE, THERE))
          .isInstanceOf(CommunityFileException.class)
          .hasMessageContaining("Start once with the file of that community alone");
      assertThat(owners(records)).allMatch(owner -> owner.endsWith(" "));

      bring(records, HERE);
      bring(records, HERE, THERE);

      assertThat(ask(records, "SELECT id || ' ' || earlier FROM community ORDER BY id"))
          .containsExactly("lanzhou 0", "xiongguan 1");
      assertThat(ask(records, "SELECT DISTINCT community FROM alert WHERE kind <> 'hub'"))
          .containsExactly("xiongguan");
    }
  }

  @Test
  void aCommunityWhoseFileIsGoneKeepsItsRecords() throws IOException {
    unpack(BEFORE);
    try (TestRecords records = new TestRecords(folder)) {
      bring(records, HERE);
      bring(records, HERE, THERE);

      bring(records, THERE);

      assertThat(ask(records, "SELECT DISTINCT community FROM device_seen"))
          .containsExactly("xiongguan");
      assertThat(ask(records, "SELECT id FROM community ORDER BY id"))
          .containsExactly("lanzhou", "xiongguan");
    }
  }

  @Test
  void aNewHubMayHaveSeveralAtOnce() {
    try (TestRecords records = new TestRecords(folder)) {
      bring(records, HERE, THERE);

      assertThat(ask(records, "SELECT id || ' ' || earlier FROM community ORDER BY id"))
          .containsExactly("lanzhou 0", "xiongguan 0");
    }
  }
}
