package org.linli.hub.console.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.linli.event.Kind;
import org.linli.event.Lane;
import org.linli.event.Value;
import org.linli.hub.ReportingGateway;
import org.linli.hub.RunningHub;
import org.linli.hub.SharedHub;
import org.linli.hub.gateway.ArrivedBatch;
import org.linli.hub.gateway.GatewayClockRead;
import org.linli.hub.intake.BatchIntake;
import tools.jackson.databind.JsonNode;

/** The shapes that the outside relies on, and the refusals. */
@ExtendWith(SharedHub.class)
@ResourceLock(SharedHub.LOCK)
class ApiTest {

  private final RunningHub hub;

  ApiTest(RunningHub hub) {
    this.hub = hub;
  }

  @Test
  void tellsTheCommunityAndItsGrids() {
    JsonNode community = hub.json("/api/v1/communities").get("items").get(0);
    JsonNode grids = hub.json("/api/v1/grids");

    assertThat(community.get("id").asString()).isEqualTo("xiongguan");
    assertThat(community.get("name").get("zh").asString()).isEqualTo("雄关社区");
    assertThat(grids.get("items")).hasSize(3);
    assertThat(grids.get("next").isNull()).isTrue();
    assertThat(grids.get("items").get(0).get("devices").propertyNames())
        .containsExactly("online", "offline", "unknown");
  }

  @Test
  void tellsADeviceThatReports() {
    hub.gateway().reports("door-2", Kind.ACCESS, "door.opened");

    await()
        .untilAsserted(
            () ->
                assertThat(hub.json("/api/v1/devices/door-2").get("status").asString())
                    .isEqualTo("online"));
    JsonNode device = hub.json("/api/v1/devices/door-2");
    assertThat(device.propertyNames())
        .contains("id", "kind", "name", "building", "grid", "gateway", "unassigned", "status");
    assertThat(device.get("grid").asString()).isEqualTo("grid-1");
    assertThat(device.get("lastSeenAt").asString()).endsWith("Z");
    assertThat(hub.json("/api/v1/gateways/gateway-1").get("building").asString())
        .isEqualTo("centre");
  }

  @Test
  void tellsADeviceThatIsInNoFile() {
    hub.gateway().reports("door-of-a-neighbour", Kind.ACCESS, "door.opened");

    await()
        .untilAsserted(
            () ->
                assertThat(hub.api("/api/v1/devices/door-of-a-neighbour").statusCode())
                    .isEqualTo(200));
    JsonNode device = hub.json("/api/v1/devices/door-of-a-neighbour");
    assertThat(device.get("unassigned").asBoolean()).isTrue();
    assertThat(device.get("grid").isNull()).isTrue();
  }

  @Test
  void givesEveryDeviceOnceOverAllPages() {
    Set<String> seen = new HashSet<>();
    String next = "";
    int pages = 0;
    while (next != null) {
      JsonNode page =
          hub.json("/api/v1/devices?limit=50" + (next.isEmpty() ? "" : "&cursor=" + next));
      page.get("items")
          .forEach(device -> assertThat(seen.add(device.get("id").asString())).isTrue());
      next = page.get("next").isNull() ? null : page.get("next").asString();
      pages++;
    }

    assertThat(pages).isGreaterThan(2);
    assertThat(seen).contains("door-1", "door-9");
  }

  @Test
  void tellsAnEventInTheShapeOfTheContract() {
    hub.gateway()
        .reports(
            "door-4",
            Kind.ACCESS,
            "door.held-open",
            Map.of("seconds", new Value.Whole(95), "open", new Value.Truth(true)));

    await()
        .untilAsserted(
            () -> assertThat(hub.json("/api/v1/events?device=door-4").get("items")).hasSize(1));
    JsonNode event = hub.json("/api/v1/events?device=door-4").get("items").get(0);
    assertThat(event.propertyNames())
        .contains(
            "id",
            "device",
            "gateway",
            "kind",
            "type",
            "lane",
            "order",
            "time",
            "deviceTime",
            "takenAt",
            "receivedAt",
            "storedAt",
            "late",
            "values");
    assertThat(event.get("values").get("seconds").isIntegralNumber()).isTrue();
    assertThat(event.get("values").get("open").isBoolean()).isTrue();
    assertThat(event.get("late").asBoolean()).isFalse();
    Instant.parse(event.get("storedAt").asString());
  }

  @Test
  void readsOnWhereAPageOfEventsEnded() {
    for (int i = 0; i < 3; i++) {
      hub.gateway().reports("door-5", Kind.ACCESS, "access.granted");
    }
    await()
        .untilAsserted(
            () -> assertThat(hub.json("/api/v1/events?device=door-5").get("items")).hasSize(3));

    JsonNode first = hub.json("/api/v1/events?device=door-5&limit=2");
    JsonNode second =
        hub.json("/api/v1/events?device=door-5&limit=2&cursor=" + first.get("next").asString());

    assertThat(first.get("items")).hasSize(2);
    assertThat(second.get("items")).hasSize(1);
    assertThat(second.get("next").isNull()).isTrue();
    assertThat(second.get("items").get(0).get("order").asLong()).isEqualTo(1);
  }

  @Test
  void tellsASeriesAndWhichMetricsThereAre() {
    hub.gateway()
        .reports(
            "elevator-4-1", Kind.ELEVATOR, "measurement", Map.of("speed", new Value.Real(1.5)));

    String from = hub.clock().instant().minus(Duration.ofMinutes(5)).toString();
    String to = hub.clock().instant().plus(Duration.ofMinutes(1)).toString();
    String query = "&from=" + from + "&to=" + to + "&points=10";
    await()
        .untilAsserted(
            () ->
                assertThat(hub.json("/api/v1/devices/elevator-4-1/series?metric=speed" + query))
                    .hasSize(1));
    JsonNode point = hub.json("/api/v1/devices/elevator-4-1/series?metric=speed" + query).get(0);
    assertThat(point.propertyNames())
        .containsExactlyInAnyOrder("time", "min", "max", "mean", "last", "count");
    assertThat(hub.api("/api/v1/devices/elevator-4-1/series").body())
        .contains("has reported speed");
  }

  @Test
  void tellsALedgerThatBalances() {
    hub.gateway().reports("door-6", Kind.ACCESS, "door.opened");

    JsonNode ledger = hub.json("/api/v1/ledger");
    JsonNode share = hub.json("/api/v1/gateways/gateway-1/ledger");

    assertThat(ledger.propertyNames())
        .contains("received", "applied", "duplicate", "dead", "gateways");
    assertThat(ledger.get("received").asLong())
        .isEqualTo(
            ledger.get("applied").asLong()
                + ledger.get("duplicate").asLong()
                + ledger.get("dead").asLong());
    assertThat(ledger.get("gateways").get("gateway-1").propertyNames())
        .contains("epoch", "urgent", "bulk");
    assertThat(share.get("received").asLong()).isEqualTo(ledger.get("received").asLong());
  }

  @Test
  void saysHowFarAGatewaysClockIsOffInFiguresAndInWords() {
    Instant noon = Instant.parse("2026-11-23T12:00:00Z");
    hub.publish(new GatewayClockRead(ReportingGateway.ID, noon.plusSeconds(10_800), noon));

    assertThat(hub.json("/api/v1/gateways/gateway-1").get("clockAheadMillis").asLong())
        .isEqualTo(10_800_000);
    assertThat(hub.json("/api/v1/devices/door-1").get("clockAheadMillis").isNull()).isTrue();
    RunningHub.Visitor visitor = hub.signedInVisitor();
    assertThat(visitor.get("/console/gateways?lang=en").body()).contains("Its clock is 3 h ahead.");
    assertThat(visitor.get("/console/gateways?lang=zh").body()).contains("时钟快 3 小时。");
  }

  @Test
  void listsWhatTheHubCouldNotRead() {
    ArrivedBatch noise =
        new ArrivedBatch(
            ReportingGateway.ID,
            Lane.BULK,
            "no batch at all".getBytes(StandardCharsets.UTF_8),
            hub.clock().instant(),
            receipt -> {});
    hub.bean(BatchIntake.class).apply(List.of(noise));

    JsonNode page = hub.json("/api/v1/dead-letters?reason=not-zstd&source=gateway://gateway-1/");
    assertThat(page.get("items")).hasSize(1);
    JsonNode letter = page.get("items").get(0);
    assertThat(letter.propertyNames())
        .containsExactlyInAnyOrder(
            "id", "community", "at", "source", "reason", "detail", "size", "sample");
    assertThat(letter.get("size").asInt()).isEqualTo(15);
    assertThat(page.get("next").isNull()).isTrue();
    assertThat(
            RunningHub.send(
                    HttpClient.newHttpClient(),
                    HttpRequest.newBuilder(hub.at("/api/v1/dead-letters")).GET())
                .statusCode())
        .as("without a token")
        .isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /events?limit=abc           | limit    | 'abc'
          /events?limit=0             | limit    | from 1 to 1000
          /events?limit=1001          | limit    | from 1 to 1000
          /events?limit=99999999999   | limit    | from 1 to 1000
          /events?from=yesterday      | from     | 'yesterday'
          /events?to=2026-13-45       | to       | 2026-11-23T05:16:00Z
          /events?cursor=garbage      | cursor   | not one that this list gave
          /events?kind=spaceship      | kind     | elevator
          /events?device=..%2Fetc     | device   | 'device'
          /events?type=%20            | type     | 'type'
          /devices?cursor=nobody      | cursor   | not one that this list gave
          /devices?grid=grid-99       | grid     | /api/v1/grids
          /devices/door-1/series      | metric   | missing
          /devices/door-1/series?metric=a&points=0 | points | from 1 to 10000
          /devices/door-1/series?metric=a&from=2026-11-23T05:00:00Z&to=2026-11-22T05:00:00Z | from | not before
          /alerts?status=sleeping     | status   | open, acknowledged, resolved
          /alerts?severity=critical,bad | severity | 'bad'
          /alerts?cursor=%27%3BDROP   | cursor   | not one that this list gave
          /dead-letters?limit=0       | limit    | from 1 to 1000
          /dead-letters?cursor=x      | cursor   | not one that this list gave
          /alerts?kind=spaceship      | kind     | parcel, gateway
          /alerts?limit=-1            | limit    | from 1 to 500
          """)
  void namesTheParameterThatIsWrong(String path, String field, String words) {
    HttpResponse<String> response = hub.api("/api/v1" + path);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    JsonNode problem = RunningHub.read(response);
    assertThat(problem.get("field").asString()).isEqualTo(field);
    assertThat(problem.get("detail").asString()).contains(words);
    assertThat(problem.get("status").asInt()).isEqualTo(400);
    assertThat(problem.get("title").asString()).isEqualTo("Bad Request");
  }

  @Test
  void cutsALongValueInItsAnswer() {
    HttpResponse<String> response = hub.api("/api/v1/events?limit=" + "x".repeat(5_000));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body().length()).isLessThan(400);
  }

  @Test
  void saysAsAProblemThatThereIsNothing() {
    for (String path :
        List.of(
            "/api/v1/nothing",
            "/api/v2/alerts",
            "/api/v1/devices/never-heard",
            "/api/v1/devices/.hidden",
            "/api/v1/gateways/gateway-99",
            "/api/v1/gateways/gateway-99/ledger",
            "/api/v1/alerts/0000000000000")) {
      HttpResponse<String> response = hub.api(path);

      assertThat(response.statusCode()).as(path).isEqualTo(404);
      assertThat(response.headers().firstValue("Content-Type"))
          .as(path)
          .hasValue("application/problem+json");
      assertThat(RunningHub.read(response).get("instance").asString()).isEqualTo(path);
    }
  }

  @Test
  void saysAsAProblemThatAMethodOrMediaTypeIsWrong() {
    HttpResponse<String> method =
        RunningHub.send(HttpClient.newHttpClient(), hub.withToken("/api/v1/alerts").DELETE());
    HttpResponse<String> mediaType =
        RunningHub.send(
            HttpClient.newHttpClient(),
            hub.withToken("/api/v1/alerts/0000000000000/acknowledge")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("by=wang")));

    assertThat(method.statusCode()).isEqualTo(405);
    assertThat(RunningHub.read(method).get("detail").asString()).contains("method");
    assertThat(mediaType.statusCode()).isEqualTo(415);
    assertThat(RunningHub.read(mediaType).get("detail").asString()).contains("application/json");
  }

  @Test
  void refusesTimesBeyondTheYearsThereAre() {
    for (String time :
        List.of(
            "-999999999-01-01T00:00:00Z",
            "%2B999999999-12-31T23:59:59Z",
            "0000-12-31T23:59:59Z",
            "%2B10000-01-01T00:00:00Z",
            "0001-01-01T00:00:00%2B18:00")) {
      for (String path :
          List.of(
              "/api/v1/events?from=" + time,
              "/api/v1/events?to=" + time,
              "/api/v1/devices/door-1/series?metric=t&from=" + time,
              "/api/v1/devices/door-1/series?metric=t&to=" + time)) {
        HttpResponse<String> answer = hub.api(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(400);
        assertThat(RunningHub.read(answer).get("detail").asString()).contains("9999-12-30");
      }
    }
    for (String fine :
        List.of(
            "/api/v1/events?from=0001-01-02T00:00:00Z&to=9999-12-30T23:59:59Z",
            "/api/v1/devices/door-1/series?metric=t&from=0001-01-02T00:00:00Z&to=9999-12-30T00:00:00Z",
            "/api/v1/devices/door-1/series?metric=t&to=0001-01-02T00:00:00Z")) {
      assertThat(hub.api(fine).statusCode()).as(fine).isEqualTo(200);
    }
    String cursor =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("9223372036854775807 door-1 gateway-1 1 1".getBytes(UTF_8));
    assertThat(hub.api("/api/v1/events?cursor=" + cursor).statusCode()).isEqualTo(400);
  }
}
