package org.linli.sims.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;

/**
 * From an unknown device to a named one, and new hardware behind it, through the processes that
 * people run: by what equipment publishes and by the public API.
 */
@Tag("slow")
@ResourceLock("a hub and a gateway that run")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AdoptionIT {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String LEAK = "cellar:leak";

  /** Static, so that it is there before the programs start, which is once for all tests. */
  @TempDir private static Path folder = Path.of("unset");

  private Neighbourhood neighbourhood;
  private OutsideClients equipment;

  @BeforeAll
  void start() {
    neighbourhood = new Neighbourhood(folder);
    equipment = new OutsideClients(neighbourhood);
  }

  @AfterAll
  void stop() {
    neighbourhood.close();
  }

  @Test
  @Order(1)
  void anUnknownSensorShowsUpAndItsNextAlertGoesToTheWorkerOfItsGridOnceItIsAdopted()
      throws IOException, InterruptedException {
    zigbee("cellar/leak", "{\"water_leak\":true,\"battery\":97}");
    JsonNode alert = awaitOpenAlert("water.leak");
    assertThat(alert.path("grid").isNull()).isTrue();
    assertThat(alert.path("assignee").path("id").asString()).isEqualTo("zhou");
    JsonNode heard = awaitHeard(LEAK).path("heard");
    assertThat(heard.path("profile").asString()).isEqualTo("zigbee2mqtt");
    assertThat(heard.path("address").asString()).isEqualTo("cellar/leak");
    assertThat(heard.path("kind").asString()).isEqualTo("environment");
    assertThat(heard.path("sample").toString()).isNotEqualTo("[]");

    JsonNode adopted =
        neighbourhood.act(
            "/api/v1/devices/cellar:leak/adopt",
            "{\"building\":\"b4\",\"name\":{\"zh\":\"地下室\",\"en\":\"Cellar\"},\"by\":\"zhou\"}");

    assertThat(adopted.path("unassigned").asBoolean()).isFalse();
    awaitRegistryAtGateway();
    assertThat(nameAtGateway(LEAK)).isEqualTo("Cellar");
    zigbee("cellar/leak", "{\"water_leak\":false}");
    await().atMost(SOON).until(() -> openAlerts("water.leak").isEmpty());
    zigbee("cellar/leak", "{\"water_leak\":true}");
    JsonNode second = awaitOpenAlert("water.leak");
    assertThat(second.path("grid").asString()).isEqualTo("grid-2");
    assertThat(second.path("assignee").path("id").asString()).isNotEqualTo("zhou");
    assertThat(second.path("title").path("en").asString()).endsWith(": Cellar");
  }

  @Test
  @Order(2)
  void aGatewayThatStartsWhileTheHubIsAwayStillKnowsIt() throws Exception {
    String version = neighbourhood.agent("/api/devices").path("registry").asString();
    neighbourhood.killHub();
    neighbourhood.killAgent();
    neighbourhood.restartAgent();

    zigbee("cellar/leak", "{\"battery\":96}");

    JsonNode devices = neighbourhood.agent("/api/devices");
    assertThat(devices.path("registry").asString()).isEqualTo(version);
    assertThat(nameAtGateway(LEAK)).isEqualTo("Cellar");
    neighbourhood.restartHub();
    awaitRegistryAtGateway();
    assertThat(neighbourhood.hub("/api/v1/devices/cellar:leak").path("building").asString())
        .isEqualTo("b4");
  }

  @Test
  @Order(3)
  void newHardwareKeepsTheHistoryAndTheOldOneIsNotMixedIn()
      throws IOException, InterruptedException {
    int before = neighbourhood.events("device=" + LEAK).size();
    assertThat(before).isPositive();
    zigbee("cellar/leak-2", "{\"battery\":100}");
    awaitHeard("cellar:leak-2");

    neighbourhood.act(
        "/api/v1/devices/cellar:leak/replace", "{\"with\":\"cellar:leak-2\",\"by\":\"zhou\"}");
    awaitRegistryAtGateway();
    zigbee("cellar/leak-2", "{\"battery\":99}");
    zigbee("cellar/leak", "{\"battery\":1}");

    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(batteries(LEAK)).contains("99").doesNotContain("1"));
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(batteries("cellar:leak@zigbee2mqtt")).containsExactly("1"));
    List<JsonNode> history = neighbourhood.events("device=" + LEAK);
    assertThat(history).hasSizeGreaterThan(before);
    assertThat(history.subList(0, history.size() - before))
        .as("what the new hardware said is newer than all that the old one did")
        .noneMatch(event -> event.path("late").asBoolean());
    assertThat(awaitHeard("cellar:leak@zigbee2mqtt").path("unassigned").asBoolean()).isTrue();
  }

  @Test
  @Order(4)
  void newHardwareThatCountsFromTheBeginningAgainIsNotTakenForARepeat()
      throws IOException, InterruptedException {
    long repeated = neighbourhood.agent("/api/ledger").path("repeated").asLong();
    numbered("box-1", 3);
    awaitHeard("box-1");
    neighbourhood.act(
        "/api/v1/devices/box-1/adopt",
        "{\"building\":\"b1\",\"name\":{\"zh\":\"盒\",\"en\":\"Box\"},\"by\":\"zhou\"}");
    neighbourhood.act(
        "/api/v1/devices/box-1/replace",
        "{\"profile\":\"linli\",\"address\":\"box-9\",\"by\":\"zhou\"}");
    awaitRegistryAtGateway();

    numbered("box-9", 3);
    numbered("box-1", 3);

    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(ids("box-1"))
                    .containsExactlyInAnyOrder("1", "2", "3", "2#1", "2#2", "2#3"));
    await().atMost(SOON).until(() -> ids("box-1@linli").size() == 3);
    assertThat(neighbourhood.agent("/api/ledger").path("repeated").asLong()).isEqualTo(repeated);
    assertThat(neighbourhood.events("device=box-1"))
        .allSatisfy(event -> assertThat(event.path("late").asBoolean()).isFalse());
  }

  private void zigbee(String name, String json) throws IOException, InterruptedException {
    equipment.publish("5", "zigbee2mqtt/" + name, json);
  }

  private void numbered(String device, int most) {
    for (int id = 1; id <= most; id++) {
      neighbourhood.offer(
          "environment/" + device,
          "{\"type\":\"measurement\",\"id\":\"%d\",\"values\":{\"n\":%d}}".formatted(id, id));
    }
  }

  private List<String> ids(String device) {
    return neighbourhood.events("device=" + device).stream()
        .map(event -> event.path("id").asString())
        .toList();
  }

  private List<String> batteries(String device) {
    return neighbourhood.events("device=" + device).stream()
        .map(event -> event.path("values").path("battery"))
        .filter(JsonNode::isNumber)
        .map(JsonNode::asString)
        .distinct()
        .toList();
  }

  private JsonNode awaitHeard(String device) {
    return await()
        .atMost(SOON)
        .ignoreExceptionsInstanceOf(AssertionError.class)
        .until(
            () -> neighbourhood.hub("/api/v1/devices/" + device),
            found -> found.path("heard").isObject());
  }

  private void awaitRegistryAtGateway() {
    await()
        .atMost(SOON)
        .until(
            () ->
                neighbourhood
                    .hub("/api/v1/gateways/gateway-1")
                    .path("registry")
                    .path("behind")
                    .toString()
                    .equals("false"));
  }

  private String nameAtGateway(String device) {
    return neighbourhood
        .agent("/api/devices")
        .path("items")
        .valueStream()
        .filter(each -> each.path("id").asString().equals(device))
        .map(each -> each.path("name").path("en").asString())
        .findFirst()
        .orElse("not there");
  }

  private JsonNode awaitOpenAlert(String type) {
    return await()
        .atMost(SOON)
        .until(() -> openAlerts(type), found -> found.size() == 1)
        .getFirst();
  }

  private List<JsonNode> openAlerts(String type) {
    return neighbourhood
        .hub("/api/v1/alerts?status=open")
        .path("items")
        .valueStream()
        .filter(alert -> alert.path("type").asString().equals(type))
        .toList();
  }
}
