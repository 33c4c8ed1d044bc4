package org.linli.edge.profile.tasmota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.linli.edge.profile.TestProfiles.events;
import static org.linli.edge.profile.TestProfiles.refusal;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.KnownDevices;
import org.linli.edge.profile.ProfileSettings;
import org.linli.edge.profile.TestProfiles;
import org.linli.event.DeviceEvent;
import org.linli.event.Kind;
import org.linli.event.Value;

class TasmotaProfileTest {

  private static final ProfileSettings COMMON =
      new ProfileSettings(ZoneId.of("Asia/Shanghai"), List.of());
  private static final List<String> FORMS =
      List.of("%prefix%/%topic%/", "tasmota/%topic%/%prefix%/");
  private static final Map<String, String> SENSORS =
      Map.of(
          "gate/Switch1", "door",
          "pump-room/Switch1", "water",
          "stairs/Switch1", "smoke",
          "kitchen/Switch1", "gas",
          "hall/Switch1", "motion",
          "box/Switch2", "tamper",
          "flat-402/Switch1", "sos",
          "flat-402/Button1", "sos",
          "cellar/Switch1", "water",
          "cellar/Switch2", "water");

  private final TestProfiles tasmota =
      TestProfiles.of(
          KnownDevices.NONE,
          new TasmotaProfile(new TasmotaSettings(FORMS, SENSORS, null, Map.of(), 15), COMMON));

  private List<String> types(String topic, String payload) {
    return events(tasmota.published(topic, payload)).stream()
        .map(event -> event.type().value())
        .toList();
  }

  private DeviceEvent first(String topic, String payload) {
    return events(tasmota.published(topic, payload)).getFirst();
  }

  @Test
  void readsTheMessagesThatRealDevicesSend() {
    DeviceEvent sensor =
        first(
            "tele/pump-room/SENSOR",
            """
            {"Time": "2019-01-01T00:00:00", "AM2301": {"Temperature": 24.6, "Humidity": 58.2}, "TempUnit": "C"}\
            """);

    assertThat(sensor.device().value()).isEqualTo("pump-room");
    assertThat(sensor.kind()).isEqualTo(Kind.ENVIRONMENT);
    assertThat(sensor.type().isMeasurement()).isTrue();
    assertThat(sensor.deviceTime()).isEqualTo(Instant.parse("2018-12-31T16:00:00Z"));
    assertThat(sensor.values().byName())
        .containsExactly(
            Map.entry("AM2301.Temperature", new Value.Real(24.6)),
            Map.entry("AM2301.Humidity", new Value.Real(58.2)),
            Map.entry("TempUnit", new Value.Text("C")));
    assertThat(types("tele/pump-room/LWT", "Online"))
        .containsExactly("measurement", "device.online");
    assertThat(types("tele/pump-room/LWT", "Online")).containsExactly("measurement");
    assertThat(types("tele/pump-room/LWT", "Offline"))
        .containsExactly("measurement", "device.offline");
  }

  @ParameterizedTest
  @CsvSource({
    "gate, door.opened, door.closed, ACCESS",
    "pump-room, water.leak, water.cleared, ENVIRONMENT",
    "stairs, smoke.detected, smoke.cleared, ENVIRONMENT",
    "kitchen, gas.detected, gas.cleared, ENVIRONMENT",
    "hall, occupancy.detected, occupancy.cleared, ENVIRONMENT"
  })
  void tellsAnInputWhenItChanges(String device, String on, String off, Kind kind) {
    String sensor = "tele/" + device + "/SENSOR";

    assertThat(types(sensor, "{\"Switch1\":\"ON\"}")).containsExactly("measurement", on);
    assertThat(types(sensor, "{\"Switch1\":\"ON\"}")).containsExactly("measurement");
    assertThat(types("stat/" + device + "/RESULT", "{\"Switch1\":{\"Action\":\"OFF\"}}"))
        .containsExactly("measurement", off);
    assertThat(types("stat/" + device + "/SWITCH1", "ON")).containsExactly("measurement");
    assertThat(types("stat/" + device + "/STATUS10", "{\"StatusSNS\":{\"Switch1\":\"ON\"}}"))
        .containsExactly("measurement", on);
    assertThat(events(tasmota.published("stat/" + device + "/RESULT", "{\"Switch1\":\"OFF\"}")))
        .extracting(DeviceEvent::kind)
        .containsExactly(kind, kind);
  }

  @Test
  void judgesNoInputByWhatWasWiredToItBefore() {
    String on = "{\"Switch1\":\"ON\"}";
    assertThat(types("tele/pump-room/SENSOR", on)).contains("water.leak");

    TestProfiles rewired =
        tasmota.restartedAs(
            new TasmotaProfile(
                new TasmotaSettings(
                    FORMS, Map.of("pump-room/Switch1", "smoke"), null, Map.of(), 15),
                COMMON));
    for (String expected : List.of("smoke.detected", "")) {
      assertThat(events(rewired.published("tele/pump-room/SENSOR", on)))
          .extracting(event -> event.type().value())
          .containsExactlyElementsOf(
              expected.isEmpty() ? List.of("measurement") : List.of("measurement", expected));
    }
  }

  @Test
  void endsWhatSeveralInputsToldWithTheLastOfThem() {
    String sensor = "tele/cellar/SENSOR";
    assertThat(types(sensor, "{\"Switch1\":\"ON\",\"Switch2\":\"ON\"}"))
        .containsExactly("measurement", "water.leak", "water.leak");

    assertThat(types(sensor, "{\"Switch1\":\"OFF\",\"Switch3\":\"OFF\"}"))
        .containsExactly("measurement");
    assertThat(types(sensor, "{\"Switch2\":\"OFF\"}"))
        .containsExactly("measurement", "water.cleared");
  }

  @Test
  void endsWhatAnInputToldThatIsNotWiredSoAnyMore() {
    String sensor = "tele/cellar/SENSOR";
    assertThat(types(sensor, "{\"Switch1\":\"ON\",\"Switch2\":\"ON\"}")).contains("water.leak");

    TestProfiles rewired =
        tasmota.restartedAs(
            new TasmotaProfile(
                new TasmotaSettings(
                    FORMS,
                    Map.of("cellar/Switch1", "water", "cellar/Switch2", "smoke"),
                    null,
                    Map.of(),
                    15),
                COMMON));
    assertThat(events(rewired.published(sensor, "{\"Switch1\":\"OFF\"}")))
        .extracting(event -> event.type().value())
        .containsExactly("measurement", "water.cleared");
  }

  @Test
  void measuresAnInputOfWhichNobodySaidWhatItIs() {
    assertThat(types("tele/other/SENSOR", "{\"Switch1\":\"ON\"}")).containsExactly("measurement");
    assertThat(types("stat/other/RESULT", "{\"Switch1\":{\"Action\":\"ON\"}}"))
        .containsExactly("measurement");
    assertThat(types("stat/box/RESULT", "{\"Switch2\":{\"Action\":\"ON\"}}"))
        .containsExactly("measurement", "device.tampered");
  }

  @Test
  void tellsAnInputAgainThatCouldNotBeKept() {
    tasmota.published("tele/pump-room/SENSOR", "{\"Switch1\":\"ON\"}").notKept();

    assertThat(types("tele/pump-room/SENSOR", "{\"Switch1\":\"ON\"}"))
        .containsExactly("measurement", "water.leak");
  }

  @Test
  void tellsEachPressOfAButtonAndCallsForHelp() {
    assertThat(types("stat/other/RESULT", "{\"Button1\":{\"Action\":\"DOUBLE\"}}"))
        .containsExactly("button.pressed");
    assertThat(first("stat/other/BUTTON2", "{\"ACTION\":\"HOLD\"}").values().byName())
        .containsExactly(
            Map.entry("button", new Value.Text("Button2")),
            Map.entry("action", new Value.Text("HOLD")));
    for (int press = 0; press < 2; press++) {
      assertThat(
              events(
                  tasmota.published(
                      "stat/flat-402/RESULT", "{\"Button1\":{\"Action\":\"SINGLE\"}}")))
          .extracting(event -> event.type().value(), DeviceEvent::kind)
          .containsExactly(tuple("sos.pressed", Kind.CARE));
    }
    assertThat(types("stat/flat-402/RESULT", "{\"Switch1\":{\"Action\":\"ON\"}}"))
        .containsExactly("measurement", "sos.pressed");
    assertThat(types("stat/flat-402/RESULT", "{\"Switch1\":{\"Action\":\"OFF\"}}"))
        .containsExactly("measurement");
  }

  @Test
  void readsZigbeeDevicesBehindIt() {
    String door =
        """
        {"ZbReceived":{"0x662E":{"Device":"0x662E","Name":"gate","0500<00":"210000010000",\
        "ZoneStatusChange":33,"Contact":%d,"Endpoint":1,"LinkQuality":157}}}\
        """;

    assertThat(events(tasmota.published("tele/zb/SENSOR", door.formatted(1))))
        .extracting(
            event -> event.device().value(), event -> event.type().value(), DeviceEvent::kind)
        .containsExactly(
            tuple("zb:gate", "measurement", Kind.ACCESS),
            tuple("zb:gate", "door.opened", Kind.ACCESS));
    assertThat(types("tele/zb/SENSOR", door.formatted(1))).containsExactly("measurement");
    assertThat(types("tele/zb/SENSOR", door.formatted(0)))
        .containsExactly("measurement", "door.closed");
    assertThat(first("tele/zb/5ADF/SENSOR", "{\"ZbReceived\":{\"0x5ADF\":{\"Dimmer\":254}}}"))
        .extracting(event -> event.device().value())
        .isEqualTo("zb:5ADF");
  }

  @ParameterizedTest
  @CsvSource({
    "Water, water.leak, ENVIRONMENT",
    "Fire, smoke.detected, ENVIRONMENT",
    "CO, gas.detected, ENVIRONMENT",
    "Occupancy, occupancy.detected, ENVIRONMENT",
    "Panic, sos.pressed, CARE"
  })
  void knowsAlarmsOfZigbeeDevicesByTheirNames(String attribute, String type, Kind kind) {
    String received = "{\"ZbReceived\":{\"0x1\":{\"%s\":1}}}".formatted(attribute);

    assertThat(events(tasmota.published("tele/zb/SENSOR", received)))
        .extracting(event -> event.type().value(), DeviceEvent::kind)
        .containsExactly(tuple("measurement", Kind.ENVIRONMENT), tuple(type, kind));
  }

  @Test
  void saysThatABatteryIsLowAndAButtonWasClicked() {
    assertThat(types("tele/zb/SENSOR", "{\"ZbReceived\":{\"b\":{\"BatteryPercentage\":16}}}"))
        .containsExactly("measurement", "battery.normal");
    assertThat(types("tele/zb/SENSOR", "{\"ZbReceived\":{\"b\":{\"BatteryPercentage\":15}}}"))
        .containsExactly("measurement", "battery.low");
    assertThat(types("tele/zb/SENSOR", "{\"ZbReceived\":{\"b\":{\"Click\":\"single\"}}}"))
        .containsExactly("measurement", "button.pressed");
  }

  @Test
  void saysTheSameOfARelayHoweverItIsTold() {
    assertThat(first("stat/lamp/POWER", "ON").values().byName())
        .isEqualTo(first("stat/lamp/RESULT", "{\"POWER\":\"ON\"}").values().byName())
        .containsExactly(Map.entry("POWER", new Value.Truth(true)));
    assertThat(first("tele/lamp/SENSOR", "{\"ENERGY\":{\"Power\":[12,0.5]}}"))
        .satisfies(
            event -> {
              assertThat(event.kind()).isEqualTo(Kind.POWER);
              assertThat(event.values().find("ENERGY.Power.1")).contains(new Value.Real(0.5));
            });
    assertThat(first("tele/lamp/LWT", "Online").kind()).isEqualTo(Kind.POWER);
  }

  @Test
  void tellsWhatADeviceIs() {
    assertThat(types("tele/lamp/INFO2", "{\"Info2\":{\"Hostname\":\"lamp-1\"}}"))
        .containsExactly("device.attributes");
    assertThat(
            types(
                "stat/lamp/STATUS0",
                "{\"Status\":{\"Module\":1},\"StatusSTS\":{\"POWER\":\"ON\",\"Vcc\":3.2}}"))
        .containsExactly("measurement", "device.attributes");
  }

  @Test
  void saysWhatItCannotRead() {
    assertThat(refusal(tasmota.published("tele/gate/SENSOR", "{\"Switch1\":\"AJAR\"}")).detail())
        .isEqualTo("Switch1: says neither ON nor OFF");
    assertThat(
            refusal(tasmota.published("stat/gate/RESULT", "{\"Switch1\":{\"Action\":\"TOGGLE\"}}"))
                .detail())
        .contains("set SwitchMode 1 or 2");
    assertThat(refusal(tasmota.published("tele/a/SENSOR", "{\"Time\":\"soon\"}")).detail())
        .startsWith("Time: is not a time");
    assertThat(refusal(tasmota.published("tele/a/SENSOR", "24.6")).detail())
        .isEqualTo("the message is no JSON object");
    assertThat(refusal(tasmota.published("tele/a/LWT", "Maybe")).detail())
        .contains("is neither online nor offline: Maybe");
    assertThat(refusal(tasmota.published("tele/a/SENSOR", "{\"ZbReceived\":[1]}")).detail())
        .isEqualTo("ZbReceived: is no object");
    assertThat(refusal(tasmota.published("tele/a/SENSOR", "{\"a\":".repeat(100))).reason())
        .isEqualTo(RefusalReason.TOO_LARGE);
    assertThat(refusal(tasmota.published("tele/a/SENSOR", "{}")).reason())
        .isEqualTo(RefusalReason.NOTHING_IN_IT);
    assertThat(refusal(tasmota.published("tele//SENSOR", "{\"a\":1}")).reason())
        .isEqualTo(RefusalReason.BAD_DEVICE_ID);
  }

  @Test
  void readsWhatIsPosted() {
    assertThat(
            events(
                tasmota.posted(
                    "tasmota",
                    "pump-room",
                    "",
                    "{\"Switch1\":\"ON\"}".getBytes(StandardCharsets.UTF_8))))
        .extracting(event -> event.device() + " " + event.type())
        .containsExactly("pump-room measurement", "pump-room water.leak");
  }
}
