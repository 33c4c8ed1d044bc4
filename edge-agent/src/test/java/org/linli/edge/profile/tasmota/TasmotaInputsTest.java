package org.linli.edge.profile.tasmota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.linli.edge.profile.TestProfiles.events;
import static org.linli.edge.profile.TestProfiles.refusal;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.linli.edge.profile.ProfileSettings;
import org.linli.edge.profile.TestProfiles;
import org.linli.event.DeviceEvent;
import org.linli.event.Kind;

/** Inputs within an object, and buttons with a meaning. */
class TasmotaInputsTest {

  private final TestProfiles tasmota =
      TestProfiles.of(
          new TasmotaProfile(
              new TasmotaSettings(
                  List.of("%prefix%/%topic%/"),
                  Map.of(
                      "pump/MCP230XX.D0", "water",
                      "pump/MCP230XX.D1", "water",
                      "lamp/Button1", "button",
                      "bed/Button1", "fall",
                      "zb-1/leak-1/Contact", "water",
                      "zb-1/smoke-1/ZoneStatusChange", "smoke",
                      "gate/Button1", "door"),
                  null,
                  Map.of(),
                  15),
              new ProfileSettings(ZoneId.of("Asia/Shanghai"), List.of())));

  private List<String> types(String topic, String payload) {
    return events(tasmota.published(topic, payload.replace('\'', '"'))).stream()
        .map(each -> each.type().value())
        .toList();
  }

  @Test
  void readsAnInputWithinAnObject() {
    String topic = "tele/pump/SENSOR";

    assertThat(types(topic, "{'MCP230XX':{'D0':1,'D1':0,'D2':1}}"))
        .containsExactly("measurement", "water.leak");
    assertThat(types(topic, "{'MCP230XX':{'D0':1,'D1':1}}"))
        .containsExactly("measurement", "water.leak");
    assertThat(types(topic, "{'MCP230XX':{'D0':0,'D1':1}}")).containsExactly("measurement");
    assertThat(types(topic, "{'MCP230XX':{'D2':0}}")).containsExactly("measurement");
    assertThat(types(topic, "{'MCP230XX':{'D1':0}}"))
        .containsExactly("measurement", "water.cleared");
    assertThat(refusal(tasmota.published(topic, "{\"MCP230XX\":{\"D0\":\"perhaps\"}}")).detail())
        .contains("MCP230XX.D0: says neither ON nor OFF");
  }

  @Test
  void aSettingGoesBeforeTheNameOfAZigbeeAttribute() {
    String leak = "{'ZbReceived':{'0xE30B':{'Name':'leak-1','Contact':%d}}}";
    assertThat(types("tele/zb-1/SENSOR", leak.formatted(1)))
        .containsExactly("measurement", "water.leak");
    assertThat(types("tele/zb-1/SENSOR", leak.formatted(0)))
        .containsExactly("measurement", "water.cleared");

    String zone = "{'ZbReceived':{'0xE30C':{'Name':'smoke-1','%s':%d}}}";
    assertThat(types("tele/zb-1/SENSOR", zone.formatted("ZoneStatusChange", 33)))
        .containsExactly("measurement", "smoke.detected");
    assertThat(types("tele/zb-1/SENSOR", zone.formatted("ZoneStatusChange", 49)))
        .containsExactly("measurement");
    assertThat(types("tele/zb-1/SENSOR", zone.formatted("ZoneStatus", 48)))
        .containsExactly("measurement", "smoke.cleared");
  }

  @Test
  void tellsEachPressOfAButtonWithAMeaning() {
    String press = "{'Button1':{'Action':'SINGLE'}}";

    for (int i = 0; i < 2; i++) {
      assertThat(types("stat/lamp/RESULT", press)).containsExactly("button.pressed");
      assertThat(events(tasmota.published("stat/bed/RESULT", press.replace('\'', '"'))))
          .extracting(each -> each.type().value(), DeviceEvent::kind)
          .containsExactly(tuple("fall.detected", Kind.CARE));
    }
    assertThat(refusal(tasmota.published("stat/gate/RESULT", press.replace('\'', '"'))).detail())
        .contains("SwitchMode");
  }

  @Test
  void whatOneEndpointSaysEndsNothingThatAnotherOneSaid() {
    String topic = "tele/bridge/SENSOR";
    String said = "{'ZbReceived':{'0x1':{'%s':%d%s}}}";
    for (String attribute : List.of("Fire", "Water", "CO", "Occupancy")) {
      assertThat(types(topic, said.formatted(attribute, 1, ",'Endpoint':2"))).hasSize(2);
      for (String other : List.of("", ",'Endpoint':1", ",'Endpoint':3", ",'Endpoint':'x'")) {
        assertThat(types(topic, said.formatted(attribute, 0, other)))
            .as(attribute + " of another endpoint " + other)
            .containsExactly("measurement");
      }
      assertThat(types(topic, said.formatted(attribute, 0, ",'Endpoint':'02'"))).hasSize(2);
    }
  }
}
