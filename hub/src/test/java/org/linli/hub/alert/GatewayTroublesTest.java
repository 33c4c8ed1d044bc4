package org.linli.hub.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.event.GatewayTrouble;
import org.linli.event.Kind;
import org.linli.hub.ReportingGateway;
import org.linli.hub.RunningHub;
import org.linli.hub.gateway.GatewayClockRead;
import org.linli.hub.gateway.GatewayConnected;
import org.linli.hub.gateway.GatewayDisconnected;
import org.linli.hub.gateway.GatewayTroublesRead;
import org.linli.hub.liveness.LivenessLooks;
import org.linli.hub.people.Actor;
import org.linli.hub.people.Author;
import org.linli.hub.registry.TestCommunities;
import tools.jackson.databind.JsonNode;

/** What a hub says of a gateway that is away or whose clock is off, and that it takes it back. */
class GatewayTroublesTest {

  private static final String ALL = "/api/v1/alerts?kind=gateway";

  @TempDir Path folder;
  private RunningHub hub;

  @BeforeEach
  void start() {
    hub = RunningHub.start(folder, LivenessLooks.SETTING);
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  private void connect() {
    hub.publish(new GatewayConnected(ReportingGateway.ID, hub.clock().instant()));
  }

  private void disconnect() {
    hub.publish(new GatewayDisconnected(ReportingGateway.ID, hub.clock().instant()));
  }

  private void readClock(Duration ahead) {
    Instant now = hub.clock().instant();
    hub.publish(new GatewayClockRead(ReportingGateway.ID, now.plus(ahead), now));
  }

  private List<JsonNode> alerts() {
    return StreamSupport.stream(hub.json(ALL).get("items").spliterator(), false).toList();
  }

  private static String text(JsonNode alert) {
    return alert.get("type").asString() + " " + alert.get("status").asString();
  }

  private void look() {
    LivenessLooks.look(hub);
  }

  /** Once the hub has looked at its gateways. */
  private void assertAlerts(String... expected) {
    look();
    assertThat(alerts()).extracting(GatewayTroublesTest::text).containsExactly(expected);
  }

  @Test
  void opensOneAlertForAGatewayThatIsAwayAndClosesItWhenItIsBack() {
    connect();
    hub.gateway().reports("door-1", Kind.ACCESS, "door.opened");
    disconnect();
    look();
    assertThat(alerts()).as("it may be back in a moment").isEmpty();

    hub.clock().advance(Duration.ofMinutes(2));
    assertAlerts("gateway.offline open");
    JsonNode alert = alerts().getFirst();
    assertThat(alert.get("title").get("zh").asString()).isEqualTo("网关离线：gateway-1（超过 2 分钟）");
    assertThat(alert.get("title").get("en").asString())
        .isEqualTo("Gateway offline: gateway-1 (for more than 2 minutes)");
    assertThat(alert.get("assignee").isNull()).as("a supervisor sees to it").isFalse();

    hub.close();
    hub = hub.startAgain();
    look();
    hub.clock().advance(Duration.ofMinutes(3));
    look();
    assertAlerts("gateway.offline open");
    assertThat(alerts().getFirst().get("id")).isEqualTo(alert.get("id"));
    assertThat(alerts().getFirst().get("count").asLong()).isEqualTo(1);

    connect();
    assertAlerts("gateway.offline resolved");
    RunningHub.Visitor person = hub.signedInVisitor();
    String page = "/console/alerts/" + alert.get("id").asString();
    assertThat(person.get(page + "?lang=zh").body())
        .contains("网关与平台断开了连接")
        .contains("自动解除：网关已恢复连接");
    assertThat(person.get(page + "?lang=en").body())
        .contains("Cleared by itself: The gateway is connected again.");
  }

  @Test
  void givesAGatewayTimeToComeWhereTheHubWasStartedAndMissesNoneThatWasNeverHeard() {
    look();
    hub.clock().advance(Duration.ofHours(1));
    look();
    assertThat(alerts()).as("never heard: the hub is being set up").isEmpty();

    hub.gateway().reports("door-1", Kind.ACCESS, "door.opened");
    assertAlerts("gateway.offline open");
    connect();
    assertAlerts("gateway.offline resolved");

    hub.close();
    hub = hub.startAgain();
    look();
    assertAlerts("gateway.offline resolved");
    hub.clock().advance(Duration.ofMinutes(2));
    assertAlerts("gateway.offline open", "gateway.offline resolved");
  }

  @Test
  void opensOneAlertForAClockThatIsAheadAndClosesItWhenItIsRight() {
    readClock(Duration.ofMinutes(4));
    look();
    assertThat(alerts()).isEmpty();

    readClock(Duration.ofDays(365 * 250));
    assertAlerts("gateway.clock-off open");
    JsonNode alert = alerts().getFirst();
    assertThat(alert.get("title").get("zh").asString()).isEqualTo("网关时钟不准：gateway-1（快 250 年）");
    assertThat(alert.get("title").get("en").asString())
        .isEqualTo("Gateway's clock is off: gateway-1 (250 years ahead)");
    hub.publish(
        new GatewayClockRead(
            ReportingGateway.ID, Instant.ofEpochMilli(Long.MAX_VALUE), hub.clock().instant()));
    look();
    assertThat(alerts().getFirst().get("count").asLong()).isEqualTo(1);
    assertThat(hub.json("/api/v1/gateways/gateway-1").get("clockAheadMillis").isNull())
        .as("no time that there is: how far it is off is not known any more")
        .isTrue();

    hub.clock().advance(Duration.ofMinutes(3));
    readClock(Duration.ZERO);
    assertAlerts("gateway.clock-off resolved");
  }

  @Test
  void opensNoAlertForEachTimeThatAGatewaySaysAnotherClock() {
    for (int i = 0; i < 10; i++) {
      hub.publish(
          new GatewayClockRead(
              ReportingGateway.ID, Instant.ofEpochMilli(Long.MAX_VALUE), hub.clock().instant()));
      look();
      readClock(Duration.ZERO);
      look();
      hub.clock().advance(Duration.ofSeconds(5));
    }
    assertAlerts("gateway.clock-off resolved");

    hub.clock().advance(Duration.ofMinutes(1));
    readClock(Duration.ofDays(1));
    assertAlerts("gateway.clock-off open", "gateway.clock-off resolved");
  }

  @Test
  void takesAMessageThatWasLongOnItsWayForNoClockThatIsBehind() {
    readClock(Duration.ofHours(-3));
    look();
    assertThat(alerts()).isEmpty();

    hub.clock().advance(Duration.ofMinutes(1));
    readClock(Duration.ofHours(-3));
    assertAlerts("gateway.clock-off open");
    assertThat(alerts().getFirst().get("title").get("zh").asString())
        .isEqualTo("网关时钟不准：gateway-1（慢 3 小时）");
  }

  private @Nullable Map<GatewayTrouble, Instant> saidBefore;

  private void say(Map<GatewayTrouble, Instant> troubles) {
    hub.publish(
        new GatewayTroublesRead(ReportingGateway.ID, saidBefore, troubles, hub.clock().instant()));
    saidBefore = troubles;
    hub.bean(ReportedTroubles.class).look();
  }

  @Test
  void opensOneAlertForAGatewayThatTakesNothingAndClosesItWhenItTakesAgain() {
    Instant since = hub.clock().instant().minusSeconds(5);
    say(Map.of());
    assertThat(alerts()).isEmpty();
    say(Map.of(GatewayTrouble.TAKES_NOTHING, since));
    assertThat(alerts())
        .extracting(GatewayTroublesTest::text)
        .containsExactly("gateway.takes-nothing open");
    JsonNode alert = alerts().getFirst();
    assertThat(alert.get("severity").asString()).isEqualTo("critical");
    assertThat(alert.get("title").get("zh").asString()).isEqualTo("网关不再接收事件：gateway-1（设备上报被拒）");
    assertThat(alert.get("title").get("en").asString())
        .isEqualTo("Gateway takes nothing: gateway-1 (devices are sent away)");
    assertThat(alert.get("assignee").isNull()).as("a supervisor sees to it").isFalse();
    assertThat(hub.json("/api/v1/gateways/gateway-1").get("troubles").toString())
        .isEqualTo("[{\"what\":\"takes-nothing\",\"since\":\"" + since + "\"}]");

    say(Map.of(GatewayTrouble.TAKES_NOTHING, since, GatewayTrouble.DISK_FULL, since));
    assertThat(alerts())
        .extracting(GatewayTroublesTest::text)
        .containsExactly("gateway.disk-full open", "gateway.takes-nothing open");
    assertThat(alerts().getFirst().get("severity").asString()).isEqualTo("major");
    assertThat(alerts().getLast().get("count").asLong()).isEqualTo(1);

    say(Map.of(GatewayTrouble.DISK_FULL, since));
    assertThat(alerts())
        .extracting(GatewayTroublesTest::text)
        .containsExactly("gateway.disk-full open", "gateway.takes-nothing resolved");
    say(Map.of(GatewayTrouble.PLACES_TAKEN, since));
    assertThat(alerts())
        .extracting(GatewayTroublesTest::text)
        .containsExactly(
            "gateway.places-taken open",
            "gateway.disk-full resolved",
            "gateway.takes-nothing resolved");
    assertThat(alerts().getFirst().get("severity").asString()).isEqualTo("minor");
    say(Map.of());
    assertThat(alerts()).allMatch(one -> one.get("status").asString().equals("resolved"));
    assertThat(hub.json("/api/v1/gateways/gateway-1").get("troubles").toString()).isEqualTo("[]");

    RunningHub.Visitor person = hub.signedInVisitor();
    String page = "/console/alerts/" + alert.get("id").asString();
    assertThat(person.get(page + "?lang=zh").body()).contains("网关不再接收设备上报的事件", "自动解除：网关已恢复接收事件");
    assertThat(person.get(page + "?lang=en").body())
        .contains("Cleared by itself: The gateway takes what devices report again.");
  }

  @Test
  void opensOneForEachTimeAlsoWhereAPersonClosedItOrTheHubWasStartedAnew() {
    Instant since = hub.clock().instant();
    say(Map.of(GatewayTrouble.DISK_FULL, since));
    String id = alerts().getFirst().get("id").asString();
    hub.bean(Alerts.class)
        .resolve(
            id,
            Author.of(new Actor.Person(TestCommunities.SAMPLE, "wang")),
            Channel.CONSOLE,
            "I see to it");
    say(Map.of(GatewayTrouble.DISK_FULL, since, GatewayTrouble.PLACES_TAKEN, since));
    assertThat(alerts())
        .extracting(GatewayTroublesTest::text)
        .containsExactly("gateway.places-taken open", "gateway.disk-full resolved");

    hub.close();
    hub = hub.startAgain();
    saidBefore = null;
    say(Map.of(GatewayTrouble.DISK_FULL, since, GatewayTrouble.PLACES_TAKEN, since));
    assertThat(alerts())
        .as("the same time as before")
        .extracting(GatewayTroublesTest::text)
        .containsExactly("gateway.places-taken open", "gateway.disk-full resolved");

    hub.close();
    hub = hub.startAgain();
    saidBefore = null;
    say(Map.of());
    assertThat(alerts()).allMatch(one -> one.get("status").asString().equals("resolved"));
    say(Map.of(GatewayTrouble.DISK_FULL, since.plusSeconds(60)));
    assertThat(alerts())
        .extracting(GatewayTroublesTest::text)
        .containsExactly(
            "gateway.disk-full open",
            "gateway.places-taken resolved",
            "gateway.disk-full resolved");
  }

  @Test
  void opensOneForABrokerThatIsAwayAndOneForEventsThatAreGivenUp() {
    Instant since = hub.clock().instant().minusSeconds(60);
    say(Map.of());
    say(Map.of(GatewayTrouble.GIVES_UP, since, GatewayTrouble.BROKER_AWAY, since));
    assertThat(alerts())
        .extracting(
            one ->
                one.get("type").asString()
                    + " "
                    + one.get("severity").asString()
                    + " "
                    + one.get("title").get("zh").asString())
        .containsExactlyInAnyOrder(
            "gateway.gives-up critical 网关正在放弃事件：gateway-1（事件正在丢失）",
            "gateway.broker-away major 网关连接不上 MQTT 服务器：gateway-1（收不到设备事件）");
    RunningHub.Visitor person = hub.signedInVisitor();
    for (JsonNode alert : alerts()) {
      assertThat(person.get("/console/alerts/" + alert.get("id").asString() + "?lang=en").body())
          .as("the time of the gateway, as on the Chinese page")
          .containsPattern("It began at [0-9-]+ [0-9:]+ by the gateway&#39;s clock\\.");
    }

    say(Map.of());
    assertThat(alerts()).allMatch(one -> one.get("status").asString().equals("resolved"));
    assertThat(
            alerts().stream()
                .map(one -> "/console/alerts/" + one.get("id").asString() + "?lang=zh")
                .map(page -> person.get(page).body()))
        .anyMatch(page -> page.contains("自动解除：网关已重新连接 MQTT 服务器"))
        .anyMatch(page -> page.contains("自动解除：网关已连续十分钟没有放弃事件"));
  }
}
