package org.linli.hub.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.linli.event.Kind;
import org.linli.event.Value;
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
