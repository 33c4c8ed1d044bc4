package org.linli.hub.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.linli.event.Kind;
import org.linli.event.Value;
import org.linli.hub.ReportingGateway;
import org.linli.hub.RunningHub;
import org.linli.hub.SharedHub;
import org.linli.hub.alert.Alert;
import tools.jackson.databind.JsonNode;

/** What card, page, API and stream say of an alert: who is responsible, and what it carried. */
@ExtendWith(SharedHub.class)
@ResourceLock(SharedHub.LOCK)
class AlertWordsTest {

  private final RunningHub hub;

  AlertWordsTest(RunningHub hub) {
    this.hub = hub;
  }

  private JsonNode alertOf(String device) {
    return hub.json("/api/v1/alerts")
        .get("items")
        .valueStream()
        .filter(alert -> alert.get("device").asString().equals(device))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void sayTheFloorOfSomebodyTrapped() {
    Map<String, Value> values = new LinkedHashMap<>();
    values.put("floor", new Value.Whole(7));
    values.put("load", new Value.Whole(130));
    values.put("offset", new Value.Real(0.88));
    values.put("brake", new Value.Truth(true));
    values.put("name", new Value.Text("李雷"));
    hub.gateway().reports("elevator-3-1", Kind.ELEVATOR, "passenger.trapped", values);
    JsonNode alert = alertOf("elevator-3-1");
    assertThat(alert.get("values").toString())
        .isEqualTo("{\"floor\":7,\"load\":130,\"offset\":0.88,\"brake\":true}");

    RunningHub.Visitor person = hub.signedInVisitor();
    for (String page : new String[] {"/", "/alerts/" + alert.get("id").asString()}) {
      assertThat(person.get(page + "?lang=en").body())
          .contains(
              "<span>Floor 7</span>",
              "<span>Load 130 kg</span>",
              "<span>0.88 m off the floor</span>",
              "<span>brake: yes</span>")
          .doesNotContain("李雷");
      assertThat(person.get(page + "?lang=zh").body())
          .contains(
              "<span>楼层 7</span>",
              "<span>载重 130 千克</span>",
              "<span>偏离平层 0.88 米</span>",
              "<span>brake：是</span>");
    }
  }

  @Test
  void sayWhatCouldNotBeReadOfTheMessage() {
    Map<String, Value> values = new LinkedHashMap<>();
    values.put("channel", new Value.Whole(3));
    values.put("clock", new Value.Text("gateway"));
    values.put("defect", new Value.Text("dateTime: is no <time>"));
    hub.gateway().reports("camera-cut-1", Kind.CAMERA, "fire.seen", values);
    JsonNode alert = alertOf("camera-cut-1");
    assertThat(alert.get("values").toString())
        .isEqualTo("{\"channel\":3,\"clock\":\"gateway\",\"defect\":\"dateTime: is no <time>\"}");

    RunningHub.Visitor person = hub.signedInVisitor();
    for (String page : new String[] {"/", "/alerts/" + alert.get("id").asString()}) {
      assertThat(person.get(page + "?lang=en").body())
          .contains(
              "Not all of its message could be read: dateTime: is no &lt;time&gt;. The alarm was"
                  + " taken with what could be. Its time is the gateway&#39;s, because",
              "<span>Channel 3</span>")
          .doesNotContain("defect:", "clock:");
      assertThat(person.get(page + "?lang=zh").body())
          .contains("该消息未能完整读取（dateTime: is no &lt;time&gt;），告警依据可读取的部分发出。时间以网关为准：");
    }
  }

  @Test
  void sayWhenItHappenedWhereTheReportComesLate() {
    Instant now = hub.clock().instant();
    hub.gateway().reportsAt(now.minus(Duration.ofDays(1)), "door-late-1", "door.forced");
    hub.gateway().reportsAt(now.minus(Duration.ofMinutes(4)), "door-late-2", "door.forced");
    RunningHub.Visitor person = hub.signedInVisitor();

    String late = "/alerts/" + alertOf("door-late-1").get("id").asString();
    assertThat(person.get(late + "?lang=en").body())
        .containsPattern("<dt>Happened</dt><dd><strong>[-0-9: ]{11,16}, by the report&#39;s own")
        .contains("<dt>Arrived here</dt>")
        .doesNotContain("<dt>Since</dt>");
    assertThat(person.get(late + "?lang=zh").body())
        .containsPattern("<dt>发生时间</dt><dd><strong>[-0-9: ]{11,16}（据上报内容）</strong>")
        .contains("<dt>收到时间</dt>");
    assertThat(person.get("/?lang=en").body())
        .containsPattern("<strong>Happened [-0-9: ]{11,16}, by the report&#39;s own");
    assertThat(
            person
                .get("/alerts/" + alertOf("door-late-2").get("id").asString() + "?lang=en")
                .body())
        .contains("<dt>Since</dt>")
        .doesNotContain("<dt>Happened</dt>");
  }

  @Test
  void sayInChineseWhyAMessageCannotBeReadAndHowToReadIt() {
    hub.gateway().couldNotRead(ReportingGateway.ID.value(), Kind.ENVIRONMENT, "smoke", 1);
    String page = "/alerts/" + alertOf(ReportingGateway.ID.value()).get("id").asString();
    RunningHub.Visitor person = hub.signedInVisitor();

    assertThat(person.get(page + "?lang=zh").body())
        .contains("无法读取的原因：不是 JSON。", "/dead-letters", "./launch edge-agent dead-letters");
    assertThat(person.get(page + "?lang=en").body())
        .contains("/dead-letters", "./launch edge-agent dead-letters");
  }

  @Test
  void sayInChineseEveryReasonOfADeadLetter() throws IOException {
    Properties chinese = words("/messages_zh.properties");
    List<String> reasons =
        Files.readAllLines(Path.of("..", "docs", "dead-letters.md")).stream()
            .takeWhile(line -> !line.startsWith("| `malformed`"))
            .filter(line -> line.startsWith("| `"))
            .map(line -> line.split("`")[1])
            .toList();
    assertThat(reasons)
        .contains("not-xml")
        .allSatisfy(
            reason ->
                assertThat(chinese.getProperty("carried.letter-reason." + reason))
                    .as(reason)
                    .isNotBlank());
  }

  @Test
  void sayWhoIsResponsibleAndNotThatSomebodyWasTold() {
    hub.gateway().reports("elevator-3-2", Kind.ELEVATOR, "overspeed");
    String id = alertOf("elevator-3-2").get("id").asString();
    String responsible = alertOf("elevator-3-2").get("assignee").get("name").asString();
    RunningHub.Visitor person = hub.signedInVisitor();

    assertThat(person.get("/alerts/" + id + "?lang=zh").body())
        .contains("<dt>负责人</dt><dd>" + responsible + "</dd>", "应由 " + responsible + " 处理")
        .doesNotContain("通知");
    assertThat(person.get("/?lang=zh").body()).contains("应由").doesNotContain("通知");
    assertThat(person.get("/alerts/" + id + "?lang=en").body())
        .contains("<dt>Responsible</dt>", "Responsible: " + responsible)
        .doesNotContainIgnoringCase("brought", "notified");
    assertThat(person.get("/?lang=en").body()).doesNotContainIgnoringCase("brought", "notified");
  }

  @Test
  void sayInTheReadersLanguageWhatTheHubNoticed() {
    hub.gateway().reports("door-7", Kind.ACCESS, "door.frced");
    String id = alertOf("door-7").get("id").asString();
    RunningHub.Visitor person = hub.signedInVisitor();

    assertThat(person.get("/alerts/" + id + "?lang=zh").body())
        .contains("平台发现：此类事件只保存，不触发告警。", "请在设备或映射中改正类型名称。")
        .doesNotContain("are stored and open no alert");
    assertThat(person.get("/alerts/" + id + "?lang=en").body())
        .contains(
            "Noticed by the hub: Events of the type door.frced are stored and open no alert.");
  }

  @Test
  void sayInChineseWhatAnyFindingMeansAndInBothLanguagesWhatToDo() throws IOException {
    Properties chinese = words("/messages_zh.properties");
    Properties english = words("/messages.properties");
    List<String> found;
    try (InputStream titles =
        Alert.class.getResourceAsStream("/org/linli/hub/alert/alert-titles.csv")) {
      found =
          new String(titles.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .map(line -> line.split(",", 2)[0])
              .filter(type -> type.startsWith("gateway.") || type.startsWith("hub."))
              .toList();
    }
    assertThat(found)
        .isNotEmpty()
        .allSatisfy(
            type -> {
              assertThat(chinese.getProperty("found." + type)).as(type).endsWith("。");
              assertThat(chinese.getProperty("advice." + type)).as(type).endsWith("。");
              assertThat(english.getProperty("advice." + type)).as(type).endsWith(".");
            });
  }

  private static Properties words(String file) throws IOException {
    Properties words = new Properties();
    try (Reader from =
        new InputStreamReader(AlertView.class.getResourceAsStream(file), StandardCharsets.UTF_8)) {
      words.load(from);
    }
    return words;
  }

  @Test
  void sayWhatDistanceAParkingSensorMeasured() {
    hub.gateway()
        .reports(
            "fire-lane-3", Kind.PARKING, "barrier.fault", Map.of("distance", new Value.Real(1.36)));
    RunningHub.Visitor person = hub.signedInVisitor();

    assertThat(person.get("/?lang=zh").body()).contains("<span>距离 1.36 米</span>");
    assertThat(person.get("/?lang=en").body()).contains("<span>Distance 1.36 m</span>");
  }
}
