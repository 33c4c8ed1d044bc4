package org.linli.hub.console.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.linli.event.Kind;
import org.linli.hub.RunningHub;
import org.linli.hub.RunningHub.Visitor;
import org.linli.hub.SharedHub;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The administrator calls himself {@code wang}, as the community file's grid worker 王芳 is known by:
 * whatever the one does is shown as done by the one, and never by the other.
 */
@ExtendWith(SharedHub.class)
@ResourceLock(SharedHub.LOCK)
class NamesakeTest {

  private static final JsonMapper JSON = new JsonMapper();

  private final RunningHub hub;

  NamesakeTest(RunningHub hub) {
    this.hub = hub;
  }

  @Test
  void theAdministratorIsShownAndNotThePersonOfThatId() {
    String id = opened("elevator-8-1", "overspeed");
    Visitor administrator = hub.signedInVisitor("wang");
    try (StreamReader stream = StreamReader.open(hub)) {
      HttpResponse<String> answer =
          administrator.postJson("/api/v1/alerts/" + id + "/acknowledge", "{\"comment\":\"mine\"}");
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);

      JsonNode alert = hub.json("/api/v1/alerts/" + id);
      assertThat(alert.get("acknowledgedBy").asString()).startsWith("account~");
      assertThat(alert.get("acknowledgedActor").get("kind").asString()).isEqualTo("account");
      assertThat(alert.get("acknowledgedActor").get("name").asString()).isEqualTo("wang");
      assertThat(last(alert).get("actor")).isEqualTo(alert.get("acknowledgedActor"));
      await()
          .untilAsserted(
              () ->
                  assertThat(stream.heard("alert"))
                      .extracting(heard -> JSON.readTree(heard.data()))
                      .contains(alert));
    }
    assertThat(text(administrator.get("/alerts/" + id + "?lang=zh")))
        .contains("wang（管理员） 正在处理")
        .doesNotContain("王芳 正在处理");
    assertThat(text(administrator.get("/?lang=zh"))).contains("wang（管理员） 正在处理");
  }

  @Test
  void todaysNameIsShownAlsoForWhatWasDoneUnderAnEarlierOne() {
    String id = opened("elevator-8-2", "overspeed");
    hub.signedInVisitor("陈明").postJson("/api/v1/alerts/" + id + "/resolve", "{}");
    String before = hub.json("/api/v1/alerts/" + id).get("resolvedBy").asString();

    Visitor renamed = hub.signedInVisitor("陈晓明");

    JsonNode alert = hub.json("/api/v1/alerts/" + id);
    assertThat(alert.get("resolvedBy").asString()).isEqualTo(before);
    assertThat(alert.get("resolvedActor").get("name").asString()).isEqualTo("陈晓明");
    assertThat(text(renamed.get("/alerts/" + id + "?lang=zh")))
        .contains("陈晓明 处理完毕")
        .doesNotContain("陈明");
  }

  @Test
  void aProgramIsNamedBesideThePersonItActsFor() {
    String id = opened("elevator-9-1", "overspeed");
    hub.post("/api/v1/alerts/" + id + "/acknowledge", "{\"by\":\"wang\"}");

    JsonNode alert = hub.json("/api/v1/alerts/" + id);
    assertThat(alert.get("acknowledgedBy").asString()).isEqualTo("wang");
    assertThat(JSON.writeValueAsString(last(alert).get("actor")))
        .isEqualTo(
            "{\"kind\":\"person\",\"id\":\"wang\",\"community\":\"xiongguan\",\"name\":\"王芳\","
                + "\"gone\":false}");
    assertThat(last(alert).get("through").get("kind").asString()).isEqualTo("program");
    assertThat(last(alert).get("through").get("id").asString()).isEqualTo("api-token");
    assertThat(text(hub.signedInVisitor().get("/alerts/" + id + "?lang=zh")))
        .contains("王芳（通过程序 api-token） 正在处理");
  }

  @Test
  void whatADeviceReportsIsDoneByItAndWhatTheHubDoesByTheHub() {
    String id = opened("elevator-9-2", "passenger.trapped");
    hub.gateway().reports("elevator-9-2", Kind.ELEVATOR, "passenger.released", Map.of());

    JsonNode alert = hub.json("/api/v1/alerts/" + id);
    assertThat(alert.get("timeline").values())
        .extracting(entry -> entry.get("what").asString() + " " + entry.get("by").asString())
        .containsExactly("opened elevator-9-2", "assigned system", "resolved elevator-9-2");
    assertThat(last(alert).get("actor").get("kind").asString()).isEqualTo("device");
    assertThat(alert.get("resolvedBy").asString()).isEqualTo("elevator-9-2");
  }

  @Test
  void whoRegisteredADeviceIsTheAdministratorToo() {
    hub.gateway().reports("namesake:five", Kind.ACCESS, "door.opened", Map.of());
    Visitor administrator = hub.signedInVisitor("zhou");
    await().until(() -> hub.api("/api/v1/devices/namesake:five").statusCode() == 200);
    HttpResponse<String> adopted =
        administrator.postJson(
            "/api/v1/devices/namesake:five/adopt",
            "{\"building\":\"b1\",\"name\":{\"zh\":\"门\",\"en\":\"Door\"}}");
    assertThat(adopted.statusCode()).as(adopted.body()).isEqualTo(200);

    JsonNode change = hub.json("/api/v1/devices/namesake:five/changes").get("items").get(0);
    assertThat(change.get("by").asString()).startsWith("account~");
    assertThat(change.get("actor").get("name").asString()).isEqualTo("zhou");
    assertThat(text(administrator.get("/devices/namesake:five?lang=zh")))
        .contains("zhou（管理员） 登记")
        .doesNotContain("周建国");
  }

  private String opened(String device, String type) {
    hub.gateway().reports(device, Kind.ELEVATOR, type, Map.of());
    for (JsonNode alert : hub.json("/api/v1/alerts?status=open&limit=500").get("items")) {
      if (alert.get("device").asString().equals(device)
          && alert.get("type").asString().equals(type)) {
        return alert.get("id").asString();
      }
    }
    throw new AssertionError("no alert was opened for " + device);
  }

  private static JsonNode last(JsonNode alert) {
    JsonNode timeline = alert.get("timeline");
    return timeline.get(timeline.size() - 1);
  }

  private static String text(HttpResponse<String> page) {
    return page.body().replaceAll("<[^>]*>", "");
  }
}
