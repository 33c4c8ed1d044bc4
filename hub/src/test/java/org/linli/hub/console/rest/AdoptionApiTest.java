package org.linli.hub.console.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.linli.event.DeviceId;
import org.linli.event.EquipmentReport;
import org.linli.event.EventType;
import org.linli.event.Kind;
import org.linli.event.SampleValue;
import org.linli.event.UnregisteredEquipment;
import org.linli.event.UnregisteredEquipment.KindFrom;
import org.linli.event.Value;
import org.linli.hub.ReportingGateway;
import org.linli.hub.RunningHub;
import org.linli.hub.SharedHub;
import org.linli.hub.adoption.GatewayRegistries;
import tools.jackson.databind.JsonNode;

/** From an unknown device to a named one, and new hardware behind it, through the API. */
@ExtendWith(SharedHub.class)
@ResourceLock(SharedHub.LOCK)
class AdoptionApiTest {

  private static final String BODY =
      "{\"building\":\"b2\",\"name\":{\"zh\":\"水浸\",\"en\":\"Leak\"},\"by\":\"zhou\"}";

  private final RunningHub hub;

  AdoptionApiTest(RunningHub hub) {
    this.hub = hub;
  }

  private void hears(String address) {
    hub.bean(GatewayRegistries.class)
        .reported(
            ReportingGateway.ID,
            new EquipmentReport(
                ReportingGateway.ID,
                null,
                null,
                List.of(
                    new UnregisteredEquipment(
                        new DeviceId(address.replace('/', ':')),
                        "zigbee2mqtt",
                        address,
                        Kind.ENVIRONMENT,
                        KindFrom.PROFILE,
                        new EventType("water.leak"),
                        List.of(
                            SampleValue.of("battery", new Value.Whole(97), Kind.ENVIRONMENT),
                            SampleValue.of("label", new Value.Text("x"), Kind.ENVIRONMENT)),
                        hub.clock().instant(),
                        hub.clock().instant(),
                        3))));
  }

  private void leaks(String device) {
    hub.gateway().reports(device, Kind.ENVIRONMENT, "water.leak");
    await().until(() -> hub.api("/api/v1/devices/" + device).statusCode() == 200);
  }

  private HttpResponse<String> adopt(String device, String body) {
    return hub.post("/api/v1/devices/" + device + "/adopt", body);
  }

  @Test
  void showsWhatAnUnassignedDeviceSeemsToBeAndAdoptsItInOneStep() {
    hears("api/one");
    leaks("api:one");
    JsonNode before = hub.json("/api/v1/devices/api:one");
    assertThat(before.get("unassigned").asBoolean()).isTrue();
    JsonNode heard = before.get("heard");
    assertThat(heard.get("profile").asString()).isEqualTo("zigbee2mqtt");
    assertThat(heard.get("address").asString()).isEqualTo("api/one");
    assertThat(heard.get("kind").asString()).isEqualTo("environment");
    assertThat(heard.get("kindFrom").asString()).isEqualTo("profile");
    assertThat(heard.get("type").asString()).isEqualTo("water.leak");
    assertThat(heard.get("sample").toString())
        .isEqualTo(
            "[{\"key\":\"battery\",\"form\":\"whole\",\"shown\":\"97\"},"
                + "{\"key\":\"label\",\"form\":\"text\"}]");
    assertThat(heard.get("count").asInt()).isEqualTo(3);

    HttpResponse<String> adopted = adopt("api:one", BODY);

    assertThat(adopted.statusCode()).isEqualTo(200);
    JsonNode after = RunningHub.read(adopted);
    assertThat(after.get("unassigned").asBoolean()).isFalse();
    assertThat(after.get("building").asString()).isEqualTo("b2");
    assertThat(after.get("grid").asString()).isEqualTo("grid-1");
    assertThat(after.get("name").get("en").asString()).isEqualTo("Leak");
    assertThat(after.get("equipment").get("generation").asInt()).isEqualTo(1);
    assertThat(after.get("heard").isNull()).isTrue();
    assertThat(hub.json("/api/v1/devices/api:one/changes").get("items").get(0).toString())
        .contains("\"by\":\"zhou\"", "\"what\":\"adopted\"");
    assertThat(adopt("api:one", BODY).statusCode()).isEqualTo(409);
  }

  @Test
  void theAlertsOfWhatWasAdoptedGoToItsGrid() {
    hears("api/two");
    leaks("api:two");
    assertThat(adopt("api:two", BODY.replace("b2", "b4")).statusCode()).isEqualTo(200);
    hub.gateway().reports("api:two", Kind.ENVIRONMENT, "smoke.detected");

    JsonNode alert =
        hub.json("/api/v1/alerts?status=open&severity=critical")
            .get("items")
            .valueStream()
            .filter(each -> each.get("device").asString().equals("api:two"))
            .findFirst()
            .orElseThrow();

    assertThat(alert.get("grid").asString()).isEqualTo("grid-2");
    assertThat(alert.get("title").get("en").asString()).endsWith(": Leak");
  }

  @Test
  void newHardwareKeepsTheDeviceItsHistoryAndItsId() {
    hears("api/three");
    leaks("api:three");
    assertThat(adopt("api:three", BODY).statusCode()).isEqualTo(200);
    hears("api/four");
    leaks("api:four");

    HttpResponse<String> replaced =
        hub.post("/api/v1/devices/api:three/replace", "{\"with\":\"api:four\",\"by\":\"zhou\"}");

    assertThat(replaced.statusCode()).isEqualTo(200);
    JsonNode device = RunningHub.read(replaced);
    assertThat(device.get("id").asString()).isEqualTo("api:three");
    assertThat(device.get("equipment").get("address").asString()).isEqualTo("api/four");
    assertThat(device.get("equipment").get("generation").asInt()).isEqualTo(2);
    assertThat(hub.json("/api/v1/devices?limit=1000").get("items").toString())
        .doesNotContain("\"id\":\"api:four\"");
  }

  @Test
  void refusesInTheShapeOfProblemsThatNameTheField() {
    hears("api/five");
    leaks("api:five");

    assertThat(field(adopt("api:five", BODY.replace("b2", "b99")), 400)).isEqualTo("building");
    assertThat(field(adopt("api:five", BODY.replace("zhou", "nobody")), 400)).isEqualTo("by");
    assertThat(field(adopt("api:five", BODY.replace("zhou", "wang")), 403)).isEqualTo("by");
    assertThat(field(adopt("api:five", BODY.replace(",\"by\":\"zhou\"", "")), 400)).isEqualTo("by");
    assertThat(field(adopt("api:five", "{\"by\":\"zhou\"}"), 400)).isEqualTo("building");
    assertThat(field(adopt("api:five", BODY.replace("{\"b", "{\"id\":\"door-1\",\"b")), 409))
        .isEqualTo("id");
    assertThat(field(adopt("api:five", BODY.replace("\"en\"", "\"english\"")), 400))
        .isEqualTo("english");
    assertThat(adopt("nobody-heard-it", BODY).statusCode()).isEqualTo(404);
    assertThat(adopt("door-1", BODY).statusCode()).isEqualTo(409);
    assertThat(
            field(
                hub.post("/api/v1/devices/door-1/replace", "{\"with\":\"x\",\"by\":\"zhou\"}"),
                400))
        .isEqualTo("with");
    assertThat(hub.post("/api/v1/devices/door-1/change", BODY.replace("b2", "b1")).statusCode())
        .isEqualTo(409);
    assertThat(hub.json("/api/v1/devices/api:five").get("unassigned").asBoolean()).isTrue();
  }

  private static String field(HttpResponse<String> response, int status) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).contains(Problem.MEDIA_TYPE);
    return RunningHub.read(response).path("field").asString();
  }

  @Test
  void aGatewaySaysWhichRegistryItGoesBy() {
    JsonNode registry = hub.json("/api/v1/gateways/gateway-1").get("registry");

    assertThat(registry.get("current").asString()).matches("[0-9]+\\.[0-9]+");
    assertThat(registry.propertyNames()).containsExactly("current", "held", "behind", "problem");
  }
}
