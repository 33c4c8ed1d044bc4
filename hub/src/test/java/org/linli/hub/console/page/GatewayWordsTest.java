package org.linli.hub.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.linli.event.GatewayTrouble;
import org.linli.event.Kind;
import org.linli.event.Lane;
import org.linli.hub.ReportingGateway;
import org.linli.hub.RunningHub;
import org.linli.hub.SharedHub;
import org.linli.hub.gateway.Backlog;
import org.linli.hub.gateway.GatewayBacklogRead;
import org.linli.hub.gateway.GatewayClockRead;
import org.linli.hub.gateway.GatewayConnected;
import org.linli.hub.gateway.GatewayDeadLetters;
import org.linli.hub.gateway.GatewayDeadLettersRead;
import org.linli.hub.gateway.GatewayDisconnected;
import org.linli.hub.gateway.GatewayTroublesRead;
import tools.jackson.databind.JsonNode;

/** How a gateway stands, in words: since when it is away, what is known to wait, what was lost. */
@ExtendWith(SharedHub.class)
@ResourceLock(SharedHub.LOCK)
class GatewayWordsTest {

  private final RunningHub hub;

  GatewayWordsTest(RunningHub hub) {
    this.hub = hub;
  }

  @Test
  void sayWhatWaitsThereInEachLaneByTheHubsClock() {
    Instant now = hub.clock().instant();
    Instant thereNow = now.plusSeconds(3_600);
    hub.publish(new GatewayClockRead(ReportingGateway.ID, thereNow, now));
    hub.publish(
        new GatewayBacklogRead(
            ReportingGateway.ID, Lane.URGENT, new Backlog(1, thereNow.minusSeconds(180))));
    hub.publish(new GatewayBacklogRead(ReportingGateway.ID, Lane.BULK, new Backlog(1_200, null)));

    RunningHub.Visitor person = hub.signedInVisitor();
    assertThat(person.get("/console/gateways?lang=en").body())
        .contains("one urgent event was still waiting there, the oldest from 3 min ago.")
        .contains("1,200 events that are not urgent were still waiting there.");
    assertThat(person.get("/console/gateways?lang=zh").body())
        .contains("网关还有 1 条紧急事件待发，最早一条：3 分钟前。")
        .contains("网关还有 1,200 条普通事件待发。");
    JsonNode waiting = hub.json("/api/v1/gateways/gateway-1").get("waiting");
    assertThat(waiting.get("urgent").get("since").asString())
        .isEqualTo(thereNow.minusSeconds(180).toString());
    assertThat(waiting.get("bulk").get("events").asLong()).isEqualTo(1_200);

    hub.publish(new GatewayBacklogRead(ReportingGateway.ID, Lane.URGENT, new Backlog(0, null)));
    assertThat(person.get("/console/gateways?lang=en").body()).doesNotContain("urgent event was");
  }

  @Test
  void sayWhatItCouldNotReadAndWhereToLook() {
    Instant now = hub.clock().instant();
    Instant thereNow = now.plusSeconds(3_600);
    hub.publish(new GatewayClockRead(ReportingGateway.ID, thereNow, now));
    RunningHub.Visitor person = hub.signedInVisitor();
    assertThat(person.get("/console/gateways?lang=zh").body())
        .as("an older gateway says nothing")
        .doesNotContain("无法解析");
    assertThat(hub.json("/api/v1/gateways/gateway-1").get("deadLetters").isNull()).isTrue();

    Instant newest = thereNow.minusSeconds(300);
    publish(new GatewayDeadLetters(3, 3, newest, "not-json"));
    assertThat(person.get("/console/gateways?lang=zh").body())
        .contains("网关上有 3 条无法解析的消息，最近一条（5 分钟前）：不是 JSON。")
        .contains("dead-letters");
    assertThat(person.get("/console/gateways?lang=en").body())
        .contains(
            "It keeps 3 messages that it could not read, the newest from 5 min ago: not JSON.")
        .contains("page under Dead letters");
    JsonNode said = hub.json("/api/v1/gateways/gateway-1").get("deadLetters");
    assertThat(said.get("kept").asLong()).isEqualTo(3);
    assertThat(said.get("newestAt").asString()).isEqualTo(newest.toString());
    assertThat(said.get("newestReason").asString()).isEqualTo("not-json");
    assertThat(hub.json("/api/v1/gateways/gateway-1/ledger").get("deadLetters")).isEqualTo(said);
    assertThat(hub.api("/actuator/prometheus").body())
        .contains("linli_gateway_dead_letters{community=\"xiongguan\",gateway=\"gateway-1\"} 3.0");

    publish(new GatewayDeadLetters(1_000, 5_000, newest, "of-tomorrow"));
    assertThat(person.get("/console/gateways?lang=zh").body())
        .contains("网关累计有 5,000 条无法解析的消息，保留最近 1,000 条，最近一条（5 分钟前）：of-tomorrow。");

    publish(new GatewayDeadLetters(0, 0, null, null));
    assertThat(person.get("/console/gateways?lang=en").body()).doesNotContain("could not read");
  }

  private void publish(GatewayDeadLetters said) {
    hub.publish(new GatewayDeadLettersRead(ReportingGateway.ID, said));
  }

  @Test
  void saySinceWhenItIsAwayAndWhatItGaveUp() {
    hub.publish(new GatewayConnected(ReportingGateway.ID, hub.clock().instant()));
    hub.gateway().reports("words-1", Kind.ACCESS, "door.opened");
    hub.gateway().gaveUp("words-1");
    hub.publish(new GatewayDisconnected(ReportingGateway.ID, hub.clock().instant()));
    hub.clock().advance(Duration.ofMinutes(7));

    RunningHub.Visitor person = hub.signedInVisitor();
    assertThat(person.get("/console/gateways?lang=en").body())
        .containsPattern("Away since [0-9:]+ \\(7 min ago\\)")
        .contains("Its last events came 7 min ago. What it has gathered since is not known")
        .contains(
            "It gave up one event, because there was no room within its quota or on its disk, or"
                + " they had waited")
        .contains("most of all of words-1 (1).");
    assertThat(person.get("/console/gateways?lang=zh").body())
        .containsPattern("[0-9:]+ 起断开（7 分钟前）")
        .contains("最近一次上报：7 分钟前。此后积存的事件在恢复连接前无法得知。")
        .contains("该网关已放弃 1 条事件，最多的是 words-1 (1)。");

    hub.gateway().gaveUp("linli-others");
    assertThat(person.get("/console/gateways?lang=en").body())
        .contains("devices that it no longer remembers (1)")
        .doesNotContain("linli-others");
    assertThat(person.get("/console/gateways?lang=zh").body()).contains("不再记住的设备 (1)");
    assertThat(person.get("/console/ledger?lang=en").body())
        .containsPattern(
            "Every event that the hub received is accounted for; gateways gave up [0-9,]+ more,"
                + " which the hub never got")
        .doesNotContain("Every event is accounted for");
    assertThat(person.get("/console/ledger?lang=zh").body())
        .containsPattern("平台收到的事件计数一致；另有 [0-9,]+ 条事件被网关放弃，未能送达平台")
        .doesNotContain(">事件计数一致");
  }

  @Test
  void sayWhatIsWrongThereAndAreNotGreen() {
    Instant now = hub.clock().instant();
    hub.publish(new GatewayConnected(ReportingGateway.ID, now));
    RunningHub.Visitor person = hub.signedInVisitor();
    assertThat(person.get("/console/gateways?lang=en").body())
        .contains("<span class=\"state online\"><span><span>gateway-1<");

    Instant thereNow = now.plusSeconds(3_600);
    hub.publish(new GatewayClockRead(ReportingGateway.ID, thereNow, now));
    Map<GatewayTrouble, Instant> troubles = new EnumMap<>(GatewayTrouble.class);
    for (GatewayTrouble trouble : GatewayTrouble.values()) {
      troubles.put(trouble, thereNow.minusSeconds(300));
    }
    hub.publish(new GatewayTroublesRead(ReportingGateway.ID, Map.of(), troubles, now));
    assertThat(person.get("/console/gateways?lang=en").body())
        .contains("<span class=\"state offline\"><span><span>gateway-1<")
        .contains("It takes nothing and sends its devices away; that began 5 min ago.")
        .contains("It gives up events for want of room or because they waited too long; that began")
        .contains("It does not hear the devices at its broker, which is away or refuses it; that")
        .contains("Its disk is full, and where room runs out it gives up the oldest events")
        .contains("All its places for MQTT are taken, and newcomers put others out");
    assertThat(person.get("/console/gateways?lang=zh").body())
        .contains("网关不再接收设备上报的事件（5 分钟前开始），原因见网关自己的页面。")
        .contains("网关因空间不足或等待过久正在放弃事件（5 分钟前开始）")
        .contains("网关连接不上 MQTT 服务器，或被其拒绝（5 分钟前开始）")
        .contains("网关的磁盘已满（5 分钟前开始），空间不够时会放弃最早的事件。")
        .contains("网关的 MQTT 连接名额已占满（5 分钟前开始），新连接会挤掉旧连接。");

    hub.publish(new GatewayTroublesRead(ReportingGateway.ID, troubles, Map.of(), now));
    assertThat(person.get("/console/gateways?lang=en").body())
        .contains("<span class=\"state online\"><span><span>gateway-1<")
        .doesNotContain("It takes nothing");
  }
}
