package org.linli.hub.console.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.linli.event.Kind;
import org.linli.hub.RunningHub;
import org.linli.hub.SharedHub;
import tools.jackson.databind.JsonNode;

/** What people do about an alert, through the API. */
@ExtendWith(SharedHub.class)
@ResourceLock(SharedHub.LOCK)
class AlertActionsTest {

  private final RunningHub hub;

  AlertActionsTest(RunningHub hub) {
    this.hub = hub;
  }

  @Test
  void tellsAnAlertInTheShapeOfTheContract() {
    JsonNode alert = opened("elevator-1-1", Kind.ELEVATOR, "passenger.trapped");

    assertThat(alert.propertyNames())
        .contains(
            "id",
            "key",
            "device",
            "kind",
            "type",
            "grid",
            "severity",
            "status",
            "silenced",
            "inhibitedBy",
            "title",
            "openedAt",
            "lastSeenAt",
            "count",
            "assignee",
            "acknowledgedBy",
            "acknowledgedAt",
            "resolvedBy",
            "resolvedAt",
            "workOrder",
            "timeline");
    assertThat(alert.get("severity").asString()).isEqualTo("critical");
    assertThat(alert.get("status").asString()).isEqualTo("open");
    assertThat(alert.get("title").propertyNames()).containsExactly("zh", "en");
    assertThat(alert.get("assignee").propertyNames()).containsExactly("id", "community", "name");
    assertThat(alert.get("timeline").get(0).propertyNames())
        .contains("at", "by", "what", "channel", "text");
    assertThat(hub.json("/api/v1/alerts/" + alert.get("id").asString())).isEqualTo(alert);
    assertThat(hub.json("/api/v1/alerts?severity=critical&grid=grid-1&kind=elevator").get("items"))
        .contains(alert);
    assertThat(hub.json("/api/v1/alerts?severity=warning").get("items")).doesNotContain(alert);
  }

  @Test
  void acknowledgesRemarksAndResolvesByName() {
    String alert = "/api/v1/alerts/" + id(opened("elevator-1-2", Kind.ELEVATOR, "overspeed"));

    HttpResponse<String> acknowledged =
        hub.post(alert + "/acknowledge", "{\"by\":\"wang\",\"comment\":\"on my way\"}");
    HttpResponse<String> again = hub.post(alert + "/acknowledge", "{\"by\":\"wang\"}");
    HttpResponse<String> remarked =
        hub.post(alert + "/comment", "{\"by\":\"wang\",\"comment\":\"the firm is called\"}");
    HttpResponse<String> resolved = hub.post(alert + "/resolve", "{\"by\":\"wang\"}");

    assertThat(acknowledged.statusCode()).isEqualTo(200);
    assertThat(RunningHub.read(acknowledged).get("acknowledgedBy").asString()).isEqualTo("wang");
    assertThat(again.statusCode()).isEqualTo(409);
    assertThat(RunningHub.read(again).get("detail").asString()).contains("wang");
    assertThat(RunningHub.read(remarked).get("timeline").toString()).contains("the firm is called");
    assertThat(RunningHub.read(resolved).get("status").asString()).isEqualTo("resolved");
    assertThat(RunningHub.read(resolved).get("resolvedBy").asString()).isEqualTo("wang");
  }

  @Test
  void refusesANameFromASessionWhichAlreadySaysWho() {
    String alert = "/api/v1/alerts/" + id(opened("elevator-2-1", Kind.ELEVATOR, "overspeed"));
    RunningHub.Visitor visitor = hub.signedInVisitor();

    HttpResponse<String> named = visitor.postJson(alert + "/acknowledge", "{\"by\":\"wang\"}");
    HttpResponse<String> unnamed = visitor.postJson(alert + "/acknowledge", "{}");

    assertThat(named.statusCode()).isEqualTo(400);
    assertThat(RunningHub.read(named).get("field").asString()).isEqualTo("by");
    assertThat(unnamed.statusCode()).isEqualTo(200);
    assertThat(RunningHub.read(unnamed).at("/acknowledgedActor/name").asString())
        .isEqualTo(RunningHub.ADMINISTRATOR);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          acknowledge | {}                                | by      | missing
          acknowledge | ''                                | by      | missing
          acknowledge | {"by":""}                         | by      | missing
          acknowledge | {"by":"nobody-knows"}             | by      | community file
          acknowledge | {"by":"a\\u0000b"}                | by      | control
          resolve     | {"by":5,"comment":[]}             | comment | type
          comment     | {"by":"wang"}                     | comment | missing
          comment     | {"by":"wang","comment":"\\u0000"}   | comment | U+0000
          acknowledge | {"by":"wang","comment":"a\\u0000b"} | comment | U+0000
          resolve     | {"by":"wang","comment":"a\\u0000b"} | comment | U+0000
          comment     | {"by":"wang","comment":" "}       | comment | empty
          acknowledge | {"by":"wang","remark":"x"}        | remark  | means nothing
          """)
  void namesTheFieldThatIsWrong(String action, String body, String field, String words) {
    String alert = "/api/v1/alerts/" + id(opened("elevator-2-2", Kind.ELEVATOR, "overspeed"));

    HttpResponse<String> response = hub.post(alert + "/" + action, body);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(RunningHub.read(response).get("field").asString()).isEqualTo(field);
    assertThat(RunningHub.read(response).get("detail").asString()).contains(words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"by":
          [1,2]
          "wang"
          not json
          """)
  void saysWhereTheBodyStopsBeingJson(String body) {
    HttpResponse<String> response = hub.post("/api/v1/alerts/0000000000000/acknowledge", body);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    assertThat(RunningHub.read(response).get("detail").asString()).contains("JSON object");
  }

  @Test
  void refusesALongCommentAndAHugeBody() {
    String alert = "/api/v1/alerts/" + id(opened("elevator-2-2", Kind.ELEVATOR, "overspeed"));
    String huge = "{\"by\":\"wang\",\"comment\":\"" + "x".repeat(1 << 20) + "\"}";

    HttpResponse<String> tooLong =
        hub.post(alert + "/comment", "{\"by\":\"wang\",\"comment\":\"" + "x".repeat(2001) + "\"}");
    HttpResponse<String> tooLarge = hub.post(alert + "/comment", huge);
    HttpResponse<String> ofUnknownLength =
        RunningHub.send(
            HttpClient.newHttpClient(),
            hub.withToken(alert + "/comment")
                .header("Content-Type", "application/json")
                .POST(
                    BodyPublishers.ofInputStream(
                        () ->
                            new ByteArrayInputStream(
                                huge.substring(0, 90_000).getBytes(StandardCharsets.UTF_8)))));

    assertThat(RunningHub.read(tooLong).get("detail").asString()).contains("2001 characters");
    assertThat(tooLarge.statusCode()).isEqualTo(413);
    assertThat(ofUnknownLength.statusCode()).isEqualTo(413);
    assertThat(RunningHub.read(ofUnknownLength).get("detail").asString()).contains("65536 bytes");
  }

  @Test
  void saysThatAnAlertIsUnknown() {
    HttpResponse<String> response =
        hub.post("/api/v1/alerts/0000000000000/resolve", "{\"by\":\"wang\"}");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(RunningHub.read(response).get("detail").asString())
        .isEqualTo("There is no alert with this id.");
  }

  private JsonNode opened(String device, Kind kind, String type) {
    hub.gateway().reports(device, kind, type, Map.of());
    for (JsonNode alert : hub.json("/api/v1/alerts?status=open&limit=500").get("items")) {
      if (alert.get("device").asString().equals(device)
          && alert.get("type").asString().equals(type)) {
        return alert;
      }
    }
    throw new AssertionError("no alert was opened for " + device);
  }

  private static String id(JsonNode alert) {
    return alert.get("id").asString();
  }
}
