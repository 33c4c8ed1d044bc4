package org.linli.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.GatewayId;
import org.linli.event.Kind;
import org.linli.event.Lane;
import org.linli.event.Value;
import org.linli.hub.console.stream.StreamReader;
import org.linli.hub.gateway.ArrivedBatch;
import org.linli.hub.gateway.GatewayDeadLetters;
import org.linli.hub.gateway.GatewayDeadLettersRead;
import org.linli.hub.intake.BatchIntake;
import org.linli.hub.registry.TestCommunities;
import tools.jackson.databind.JsonNode;

/**
 * A hub with the communities east and west, from two files. The ids of their devices, grids,
 * buildings and people are the same. What is of one appears nowhere in the other.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TwoCommunitiesTest {

  private static final String WEST_ID = "gateway-2";

  @TempDir private static Path folder = Path.of("unset");

  private RunningHub hub;
  private ReportingGateway east;
  private ReportingGateway west;

  @BeforeAll
  void start() throws IOException {
    Path files = TestCommunities.twoIn(Files.createDirectory(folder.resolve("communities")));
    Files.writeString(files.resolve("notes.txt"), "not read");
    Files.writeString(
        files.resolve("organisation.yml"),
        """
        cities: [{id: city, name: {zh: 市, en: City}}]
        subDistricts:
          - {id: street, city: city, name: {zh: 街道, en: Street}, communities: [west]}
        firms:
          - {id: lifts, name: {zh: 梯, en: Lifts}, kinds: [elevator], serves: [community/east], phone: "119"}
          - {id: doors, name: {zh: 门, en: Doors}, kinds: [access], serves: [city/city], phone: "119"}
        """);
    Files.writeString(files.resolve(".hidden.yml"), "not read");
    hub = RunningHub.start(folder.resolve("data"), "--linli.community-file=" + files);
    east = hub.gateway();
    west = hub.gateway(WEST_ID);
  }

  @AfterAll
  void stop() {
    if (hub != null) {
      hub.close();
    }
  }

  private List<JsonNode> items(String path) {
    return StreamSupport.stream(hub.json("/api/v1" + path).get("items").spliterator(), false)
        .toList();
  }

  private List<String> strings(String path, String field) {
    return items(path).stream().map(item -> item.get(field).asString()).toList();
  }

  private HttpResponse<String> refused(String path, int status) {
    HttpResponse<String> answer = hub.api("/api/v1" + path);
    assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(status);
    return answer;
  }

  /** Who is named anywhere in an alert, with the community. */
  private static List<String> people(JsonNode alert) {
    return StreamSupport.stream(alert.get("timeline").spliterator(), false)
        .flatMap(entry -> List.of(entry.get("actor"), entry.get("whom")).stream())
        .filter(actor -> !actor.isNull() && actor.get("kind").asString().equals("person"))
        .map(actor -> actor.get("community").asString() + "/" + actor.get("id").asString())
        .distinct()
        .toList();
  }

  @Test
  @Order(1)
  void anAlertIsOfItsCommunityAndCallsItsPeople() {
    try (StreamReader stream = StreamReader.open(hub)) {
      east.reports("door-1", Kind.CAMERA, "fire.seen", Map.of("t", new Value.Whole(1)));
      west.reports("door-1", Kind.CAMERA, "fire.seen", Map.of("t", new Value.Whole(2)));
      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(
              () ->
                  assertThat(stream.heard("alert"))
                      .anyMatch(heard -> heard.data().contains("East door"))
                      .anyMatch(heard -> heard.data().contains("West door")));
      assertThat(stream.heard("alert"))
          .allSatisfy(
              heard -> {
                boolean isOfTheWest = heard.data().contains("West door");
                assertThat(heard.data())
                    .contains("\"community\":\"" + (isOfTheWest ? "west" : "east") + "\"")
                    .doesNotContain("\"community\":\"" + (isOfTheWest ? "east" : "west") + "\"");
              });
    }
    assertThat(strings("/alerts", "community")).containsExactly("west", "east");

    JsonNode ofWest = items("/alerts?community=west").getFirst();
    assertThat(items("/alerts?community=west")).hasSize(1);
    assertThat(ofWest.at("/title/en").asString()).endsWith("West door");
    assertThat(ofWest.get("grid").asString()).isEqualTo("grid-2");
    assertThat(ofWest.at("/assignee/community").asString()).isEqualTo("west");
    assertThat(ofWest.at("/assignee/id").asString()).isEqualTo("wang");
    assertThat(people(ofWest)).containsExactly("west/wang");

    JsonNode ofEast = items("/alerts?community=east").getFirst();
    assertThat(ofEast.at("/assignee/community").asString()).isEqualTo("east");
    assertThat(people(ofEast)).allMatch(person -> person.startsWith("east/"));
    assertThat(items("/alerts?grid=grid-2&community=east")).isEmpty();

    HttpResponse<String> done =
        hub.post(
            "/api/v1/alerts/" + ofEast.get("id").asString() + "/acknowledge", "{\"by\":\"zhou\"}");
    assertThat(done.statusCode()).isEqualTo(200);
    JsonNode acknowledged = RunningHub.read(done);
    assertThat(acknowledged.at("/acknowledgedActor/community").asString()).isEqualTo("east");
    assertThat(strings("/alerts?community=west", "status")).containsExactly("open");
  }

  @Test
  @Order(2)
  void anIdInAnAddressMeansOneDeviceOrAsksWhich() {
    assertThat(refused("/devices/door-1", 409).body())
        .contains("east, west", "'community'", "\"field\":\"community\"");
    assertThat(hub.json("/api/v1/devices/door-1?community=west").at("/name/en").asString())
        .isEqualTo("West door");
    assertThat(hub.json("/api/v1/devices/lift-1").get("community").asString()).isEqualTo("east");
    refused("/devices/lift-1?community=west", 404);
    refused("/devices/nobody-1", 404);
    assertThat(refused("/devices/door-1?community=north", 400).body())
        .contains("north", "/api/v1/communities");
    for (String list :
        List.of("/alerts", "/devices", "/gateways", "/grids", "/events", "/dead-letters")) {
      assertThat(refused(list + "?community=north", 400).body()).as(list).contains("north");
    }

    // Heard in the west only, and registered nowhere.
    west.reports("leak-7", Kind.ENVIRONMENT, "measurement");
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> hub.api("/api/v1/devices/leak-7").statusCode() == 200);
    assertThat(hub.json("/api/v1/devices/leak-7").get("community").asString()).isEqualTo("west");

    assertThat(hub.json("/api/v1/devices/door-1/changes?community=east").get("items")).isEmpty();
    refused("/devices/door-1/changes", 409);
  }

  @Test
  @Order(3)
  void listsAreOfOneCommunityOrSayWhose() {
    List<String> all = new ArrayList<>();
    String cursor = "";
    while (cursor != null) {
      JsonNode page = hub.json("/api/v1/devices?limit=1" + cursor);
      page.get("items")
          .forEach(
              device ->
                  all.add(device.get("community").asString() + "/" + device.get("id").asString()));
      cursor = page.get("next").isNull() ? null : "&cursor=" + page.get("next").asString();
    }
    assertThat(all).containsExactly("east/door-1", "east/lift-1", "west/door-1", "west/leak-7");
    assertThat(strings("/devices?community=west", "id")).containsExactly("door-1", "leak-7");
    assertThat(strings("/gateways?community=west", "id")).containsExactly(WEST_ID);
    assertThat(strings("/gateways", "community")).containsExactly("east", "west");
    assertThat(strings("/grids?community=west", "community")).containsExactly("west", "west");
    assertThat(hub.json("/api/v1/gateways/" + WEST_ID + "/ledger").get("community").asString())
        .isEqualTo("west");
  }

  @Test
  @Order(4)
  void theHistoryOfADeviceIsThatOfItsCommunity() {
    await().atMost(Duration.ofSeconds(30)).until(() -> items("/events").size() == 3);
    refused("/events?device=door-1", 409);
    assertThat(strings("/events?device=door-1&community=west", "gateway")).containsExactly(WEST_ID);
    assertThat(strings("/events?community=east", "community")).containsExactly("east");
    assertThat(items("/events?community=east&device=leak-7")).isEmpty();
    assertThat(strings("/events?device=leak-7", "community")).containsExactly("west");

    Instant now = hub.clock().instant();
    String range =
        "&metric=t&points=1&from=%s&to=%s"
            .formatted(now.minus(Duration.ofHours(1)), now.plus(Duration.ofHours(1)));
    refused("/devices/door-1/series?" + range.substring(1), 409);
    JsonNode series = hub.json("/api/v1/devices/door-1/series?community=west" + range);
    assertThat(series.get(0).get("count").asInt()).isOne();
    assertThat(series.get(0).get("last").asDouble()).isEqualTo(2);
  }

  @Test
  @Order(5)
  void rulesCountAndWaitForEachByItself() {
    for (int i = 0; i < 3; i++) {
      east.reports("door-1", Kind.ACCESS, "access.denied");
      west.reports("door-1", Kind.ACCESS, "access.denied");
    }
    assertThat(strings("/alerts", "type")).doesNotContain("access.denied");

    east.reports("door-1", Kind.PARKING, "fire-lane.occupied");
    west.reports("door-1", Kind.PARKING, "fire-lane.occupied");
    west.reports("door-1", Kind.PARKING, "fire-lane.freed");
    hub.clock().advance(Duration.ofMinutes(4));
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> strings("/alerts?community=east", "type").contains("fire-lane.occupied"));
    assertThat(strings("/alerts?community=west", "type")).doesNotContain("fire-lane.occupied");
  }

  @Test
  @Order(6)
  void whatCouldNotBeReadIsOfTheGatewaysCommunity() {
    hub.bean(BatchIntake.class)
        .apply(
            List.of(
                new ArrivedBatch(
                    new GatewayId(WEST_ID),
                    Lane.BULK,
                    "no batch".getBytes(StandardCharsets.UTF_8),
                    hub.clock().instant(),
                    receipt -> {})));

    assertThat(strings("/dead-letters?community=west", "community")).containsExactly("west");
    assertThat(items("/dead-letters?community=east")).isEmpty();
    hub.publish(
        new GatewayDeadLettersRead(
            new GatewayId(WEST_ID), new GatewayDeadLetters(1, 1, null, null)));
    assertThat(hub.api("/actuator/prometheus").body())
        .contains("linli_gateway_dead_letters{community=\"west\",gateway=\"gateway-2\"}");
  }

  @Test
  @Order(7)
  void pagesShowOneCommunityOrSayWhose() {
    RunningHub.Visitor visitor = hub.signedInVisitor();

    assertThat(visitor.get("/").body())
        .contains(
            "East door", "West door", "All communities", "/?community=west", "gateway-1", WEST_ID);
    assertThat(visitor.get("/?community=west").body())
        .contains("West door", WEST_ID, "/console/alerts?community=west", "West two")
        .doesNotContain("East door", "gateway-1", "East one");
    assertThat(visitor.get("/console/alerts?community=east").body())
        .contains("East door")
        .doesNotContain("West door");
    assertThat(visitor.get("/devices?community=west").body())
        .contains("/devices/door-1?community=west")
        .doesNotContain("East door");
    assertThat(visitor.get("/?community=north").statusCode()).isEqualTo(404);

    HttpResponse<String> which = visitor.get("/devices/door-1");
    assertThat(which.statusCode()).isEqualTo(300);
    assertThat(which.body())
        .contains("/devices/door-1?community=east", "/devices/door-1?community=west");
    HttpResponse<String> door = visitor.get("/devices/door-1?community=west");
    assertThat(door.statusCode()).isEqualTo(200);
    assertThat(door.body())
        .contains("West door", "West house")
        .doesNotContain("East door", "East house");
    assertThat(visitor.get("/devices/lift-1").statusCode()).isEqualTo(200);

    String id = items("/alerts?community=west&kind=camera").getFirst().get("id").asString();
    assertThat(visitor.get("/alerts/" + id).body())
        .contains("Community", "West door")
        .doesNotContain("East door");
  }

  @Test
  @Order(8)
  void aDeviceIsAdoptedInItsCommunity() {
    RunningHub.Visitor visitor = hub.signedInVisitor();
    HttpResponse<String> answer =
        visitor.post(
            "/console/devices/leak-7/adopt?community=west",
            visitor.csrfOf("/devices/leak-7"),
            Map.of("nameZh", "水浸", "nameEn", "Leak", "building", "b1", "kind", "environment"));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
    assertThat(answer.headers().firstValue("Location").orElseThrow())
        .endsWith("/devices/leak-7?community=west");
    assertThat(hub.json("/api/v1/devices/leak-7").get("grid").asString()).isEqualTo("grid-2");
    assertThat(strings("/devices/leak-7/changes", "community")).containsExactly("west");
    refused("/devices/leak-7?community=east", 404);
  }

  @Test
  @Order(9)
  void theOrganisationIsATree() {
    JsonNode all = hub.json("/api/v1/organisation");
    assertThat(all.at("/tree/node").asString()).isEqualTo("platform");
    assertThat(all.at("/tree/households").asInt()).isEqualTo(1200);
    assertThat(all.at("/tree/children").findValuesAsString("node"))
        .contains("city/city", "sub-district/street", "community/west", "building/west/b1")
        .contains("community/east", "grid/east/grid-2");
    assertThat(all.get("firms")).hasSize(2);

    JsonNode street = hub.json("/api/v1/organisation?under=sub-district/street");
    assertThat(street.at("/tree/households").asInt()).isEqualTo(600);
    assertThat(street.at("/tree/children/0/node").asString()).isEqualTo("community/west");
    assertThat(street.at("/firms").findValuesAsString("id")).containsExactly("doors");

    JsonNode grid = hub.json("/api/v1/organisation?under=grid/east/grid-2");
    assertThat(grid.at("/tree/hints/0/hint").asString()).isEqualTo("no-grid-worker");
    assertThat(hub.json("/api/v1/organisation?under=grid/east/grid-1").at("/tree/hints")).isEmpty();
    assertThat(refused("/organisation?under=city/mars", 400).body()).contains("under");
    assertThat(refused("/organisation?under=mars", 400).body()).contains("sub-district");
  }

  @Test
  @Order(10)
  void pagesChooseACommunityByItsSubDistrict() throws Exception {
    assertThat(hub.signedInVisitor().get("/?lang=en").body())
        .containsSubsequence(
            "All communities",
            "<optgroup label=\"Street\">",
            "value=\"west\"",
            "</optgroup>",
            "value=\"east\"",
            "</select>");
  }
}
