package org.linli.hub.console.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.DeviceId;
import org.linli.event.GatewayTrouble;
import org.linli.event.Kind;
import org.linli.event.Lane;
import org.linli.event.UplinkProperties;
import org.linli.hub.ReportingGateway;
import org.linli.hub.RunningHub;
import org.linli.hub.gateway.GatewayClockRead;
import org.linli.hub.gateway.GatewayConnected;
import org.linli.hub.gateway.GatewayDisconnected;
import org.linli.hub.gateway.GatewayThreadFailed;
import org.linli.hub.gateway.GatewayTroublesRead;
import org.linli.hub.gateway.IdentityShared;
import org.linli.hub.intake.CountsDiffer;
import org.linli.hub.intake.ParticipantFailed;
import org.linli.hub.journal.HistoryShortened;
import org.linli.hub.journal.HistoryStands;
import org.linli.hub.journal.Standstill;
import org.linli.hub.journal.TooManyNames;
import org.linli.hub.liveness.LivenessLooks;
import org.linli.hub.records.ClockJumped;
import org.linli.program.thread.LivingThreads;
import org.springframework.transaction.support.TransactionTemplate;

/** What the page of an alert says that no device reported: in one language, and what to do. */
class FindingWordsTest {

  @TempDir private Path folder;
  private RunningHub hub;

  @BeforeEach
  void start() {
    hub = RunningHub.start(folder, LivenessLooks.SETTING);
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  private void inTransaction(Object event) {
    hub.bean(TransactionTemplate.class).executeWithoutResult(_ -> hub.publish(event));
  }

  /** Ids of the alerts, by their types. */
  private Map<String, String> alerts() {
    Map<String, String> ids = new TreeMap<>();
    hub.json("/api/v1/alerts?limit=200")
        .get("items")
        .forEach(alert -> ids.put(alert.get("type").asString(), alert.get("id").asString()));
    return ids;
  }

  @Test
  void isInOneLanguageAndSaysWhatToDo() {
    Instant now = hub.clock().instant();
    hub.publish(new GatewayConnected(ReportingGateway.ID, now));
    for (int i = 0; i < 60; i++) {
      hub.gateway().reports("invented-" + i, Kind.ACCESS, "door.forced");
    }
    hub.publish(new GatewayClockRead(ReportingGateway.ID, now.plus(Duration.ofHours(3)), now));
    LivenessLooks.look(hub);
    hub.publish(new GatewayDisconnected(ReportingGateway.ID, now));
    hub.publish(new TooManyNames(ReportingGateway.ID, new DeviceId("sensor-1"), now));
    hub.publish(
        new HistoryStands(
            1_200,
            new Standstill(Standstill.Cause.DISK_FULL, "/data/hub", "the disk is full (df)."),
            now));
    hub.publish(new HistoryShortened(12_000, 60_000_000_000L, null, now));
    hub.publish(
        new ClockJumped(
            Instant.parse("2026-01-02T18:30:00Z"), Instant.parse("2027-02-06T18:30:00Z")));
    hub.publish(
        new GatewayThreadFailed(
            ReportingGateway.ID, UplinkProperties.DEVICES_FORGOTTEN, "", now, now));
    hub.publish(
        new GatewayThreadFailed(
            ReportingGateway.ID, "uplink", "java.lang.AssertionError: odd", now, now));
    hub.publish(
        new GatewayTroublesRead(
            ReportingGateway.ID,
            null,
            Map.of(
                GatewayTrouble.TAKES_NOTHING,
                now,
                GatewayTrouble.DISK_FULL,
                now,
                GatewayTrouble.GIVES_UP,
                now,
                GatewayTrouble.BROKER_AWAY,
                now,
                GatewayTrouble.PLACES_TAKEN,
                Instant.EPOCH),
            now));
    hub.publish(new IdentityShared(ReportingGateway.ID, "a1b2", "c3d4", now));
    inTransaction(new CountsDiffer(ReportingGateway.ID, 3, Lane.BULK, 41, 1_203, 1_199, now));
    inTransaction(
        new ParticipantFailed(
            "alerts",
            ReportingGateway.ID,
            4,
            new DeviceId("door-1"),
            "~gateway-1~1~door-1~7",
            "java.lang.ArithmeticException: / by zero",
            now));
    hub.bean(LivingThreads.class).guard("journal").failed(new IllegalStateException("boom"));
    LivenessLooks.look(hub);
    hub.clock().advance(Duration.ofMinutes(2));
    LivenessLooks.look(hub);
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(alerts()).containsKeys("hub.thread-failed", "gateway.identity-shared"));

    Map<String, List<String>> chinese = new TreeMap<>();
    chinese.put("gateway.alert-flood", List.of("涉及设备：invented-5", "请核实列出的设备"));
    chinese.put("gateway.clock-off", List.of("（快 3 小时）", "请检查网关的时间同步"));
    chinese.put("gateway.counts-differ", List.of("事件类别：普通。序号：41。", "请在平台上运行对账"));
    chinese.put("gateway.devices-forgotten", List.of("切断该来源"));
    chinese.put("gateway.takes-nothing", List.of("（设备上报被拒）", "开始时间（网关时钟）：", "首行写明原因"));
    chinese.put(
        "gateway.gives-up", List.of("（事件正在丢失）", "放弃的事件已丢失", "开始时间（网关时钟）：", "linli.outbox.quota"));
    chinese.put(
        "gateway.broker-away", List.of("（收不到设备事件）", "开始时间（网关时钟）：", "请启动 MQTT 服务器", "重启网关没有作用"));
    chinese.put("gateway.disk-full", List.of("（没有预留空间）", "请清理网关的磁盘"));
    chinese.put(
        "gateway.places-taken", List.of("（新连接挤掉旧连接）", "开始时间（网关时钟）：1970-01-01 08:00。", "占用最多的地址"));
    chinese.put("gateway.identity-shared", List.of("当前连接的程序实例：a1b2。另一个实例：c3d4。"));
    chinese.put("gateway.offline", List.of("网关与平台断开了连接。最近一次上报：", "请检查网关的电源"));
    chinese.put(
        "gateway.participant-failed",
        List.of("涉及 4 条事件。首条事件编号：~gateway-1~1~door-1~7。", "请先人工核实涉及的设备"));
    chinese.put(
        "gateway.thread-failed", List.of("错误信息：java.lang.AssertionError: odd。", "请确认该文件仍在原处"));
    chinese.put("gateway.too-many-names", List.of("（首个设备 sensor-1）", "是否在随意上报名称"));
    chinese.put(
        "hub.clock-jumped",
        List.of("平台时钟跳变（应为 2026-01-03 02:30）", "跳变后显示 2027-02-07 02:30，", "时间同步（NTP）"));
    chinese.put("hub.history-shortened", List.of("已提前删除 12,000 条事件。上限：60,000 MB。"));
    chinese.put("hub.history-standing", List.of("/data/hub 所在的磁盘已满。", "（df、df -i）"));
    chinese.put("hub.thread-failed", List.of("错误信息：java.lang.IllegalStateException: boom。"));

    RunningHub.Visitor person = hub.signedInVisitor();
    Map<String, String> ids = alerts();
    chinese.forEach(
        (type, words) -> {
          assertThat(ids).containsKey(type);
          String page = "/alerts/" + ids.get(type) + "?lang=";
          assertThat(text(person.get(page + "zh").body()))
              .as(type)
              .contains(words)
              .contains("处理建议")
              .doesNotContainPattern("[A-Za-z']+( [A-Za-z']+){3}");
          assertThat(text(person.get(page + "en").body()))
              .as(type)
              .contains("What to do")
              .doesNotContainPattern("\\p{IsHan}{4}|''|[0-9]T[0-9:]+Z");
        });
  }

  @Test
  void saysInOneLanguageThatNobodyIsResponsible() throws IOException {
    hub.close();
    Path community =
        Files.writeString(
            folder.resolve("nobody.yml"),
            Files.readString(Path.of("../docs/examples/community.yml"))
                .replace("role: supervisor", "role: maintenance"));
    hub = RunningHub.start(folder.resolve("data"), "--linli.community-file=" + community);
    hub.publish(
        new ClockJumped(
            Instant.parse("2026-01-02T18:30:00Z"), Instant.parse("2027-02-06T18:30:00Z")));

    String page = "/alerts/" + alerts().get("hub.clock-jumped") + "?lang=";
    RunningHub.Visitor person = hub.signedInVisitor();
    assertThat(text(person.get(page + "zh").body())).contains("无人负责：平台的告警由主管处理，但社区没有登记主管。");
    assertThat(text(person.get(page + "en").body()))
        .contains("The hub is the supervisor&#39;s, and the community has no supervisor.");
  }

  /** What the facts of an alert say. */
  private static String text(String page) {
    int facts = page.indexOf("class=\"facts-of\"");
    return page.substring(facts, page.indexOf("<form", facts))
        .replaceAll("<[^>]*>", "")
        .replaceAll("\\s+", " ");
  }
}
