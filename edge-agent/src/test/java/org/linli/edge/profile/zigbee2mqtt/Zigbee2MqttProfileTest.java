package org.linli.edge.profile.zigbee2mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.linli.edge.profile.TestProfiles.events;
import static org.linli.edge.profile.TestProfiles.refusal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.KnownDevices;
import org.linli.edge.profile.ProfileSettings;
import org.linli.edge.profile.Subject;
import org.linli.edge.profile.TestProfiles;
import org.linli.event.DeviceEvent;
import org.linli.event.DeviceId;
import org.linli.event.Kind;
import org.linli.event.Value;

class Zigbee2MqttProfileTest {

  private static final ProfileSettings COMMON =
      new ProfileSettings(ZoneId.of("Asia/Shanghai"), List.of());

  private final TestProfiles zigbee = with("zigbee2mqtt", KnownDevices.NONE);

  private static TestProfiles with(String base, KnownDevices known) {
    return TestProfiles.of(
        known,
        new Zigbee2MqttProfile(
            new Zigbee2MqttSettings(
                base,
                15,
                List.of("flat 402/bed"),
                List.of("emergency", "sos", "panic", "fire"),
                Map.of("kitchen/gas", "gas")),
            COMMON));
  }

  private List<String> types(String name, String payload) {
    return types(zigbee.published("zigbee2mqtt/" + name, payload));
  }

  private static List<String> types(Interpreted interpreted) {
    return events(interpreted).stream().map(event -> event.type().value()).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "contact, false, true, door.opened, door.closed, access",
    "smoke, true, false, smoke.detected, smoke.cleared, environment",
    "water_leak, true, false, water.leak, water.cleared, environment",
    "gas, true, false, gas.detected, gas.cleared, environment",
    "carbon_monoxide, true, false, gas.detected, gas.cleared, environment",
    "occupancy, true, false, occupancy.detected, occupancy.cleared, environment",
    "presence, true, false, presence.detected, presence.cleared, environment",
    "vibration, true, false, vibration.detected, vibration.cleared, environment",
    "tamper, true, false, device.tampered, device.tamper-cleared, environment",
    "battery_low, true, false, battery.low, battery.normal, environment"
  })
  void tellsAStateWhenItChanges(
      String field, String on, String off, String begins, String ends, String kind) {
    String set = "{\"" + field + "\":" + on + "}";
    String unset = "{\"" + field + "\":" + off + "}";

    assertThat(types("a/b", set)).containsExactly("measurement", begins);
    assertThat(types("a/b", set)).containsExactly("measurement");
    assertThat(types("a/b", unset)).containsExactly("measurement", ends);
    assertThat(events(zigbee.published("zigbee2mqtt/a/b", set)))
        .extracting(event -> event.kind().wireName())
        .containsOnly(kind);
  }

  @ParameterizedTest
  @CsvSource({
    "\"ON\", \"OFF\"",
    "\"on\", \"off\"",
    "1, 0",
    "\"1\", \"0\"",
    "\"true\", \"false\"",
    "\"ON\\u0000\", \"OFF\\u0000\"",
    "\" alarm \", \"normal\""
  })
  void readsAnAlarmInTheWaysThatFirmwareWritesIt(String on, String off) {
    List<String> fields = List.of("carbon_monoxide", "smoke", "water_leak", "gas");
    for (String field : fields) {
      String begins = field.equals("smoke") ? "smoke.detected" : "gas.detected";
      assertThat(types(field, "{\"" + field + "\":" + on + "}"))
          .containsExactly("measurement", field.equals("water_leak") ? "water.leak" : begins);
      assertThat(types(field, "{\"" + field + "\":" + off + "}")).hasSize(2);
    }
    assertThat(types("one/carbon_monoxide", "ON\u0000")).contains("gas.detected");
  }

  @Test
  void tellsAStateAgainThatCouldNotBeKept() {
    zigbee.published("zigbee2mqtt/leak", "{\"water_leak\":true}").notKept();

    assertThat(types("leak", "{\"water_leak\":true}")).containsExactly("measurement", "water.leak");
  }

  private List<String> field(String file, TestProfiles profiles) throws IOException {
    return types(
        profiles.published(
            "zigbee2mqtt/leak",
            Files.readAllBytes(Path.of("src/test/resources/field/15-z2m-cached-leak", file))));
  }

  /** Case 15 of the field: what Zigbee2MQTT had kept for five days, and the device 16 s later. */
  @Test
  void tellsNoLeakOfFiveDaysAgoAsNew() throws IOException {
    TestProfiles restarted = zigbee.at(Instant.parse("2026-11-28T22:33:25Z"));

    assertThat(field("cached.json", restarted)).containsExactly("measurement");
    assertThat(field("dry.json", restarted))
        .containsExactly("measurement", "water.cleared", "battery.normal");
    assertThat(field("cached.json", restarted))
        .as("older than what is known")
        .containsExactly("measurement");
    assertThat(field("dry.json", restarted)).containsExactly("measurement");
  }

  @Test
  void tellsALeakThatTheDeviceItselfStillReports() throws IOException {
    TestProfiles restarted = zigbee.at(Instant.parse("2026-11-28T22:33:25Z"));
    field("cached.json", restarted);

    assertThat(
            types(
                restarted.published(
                    "zigbee2mqtt/leak",
                    "{\"water_leak\":true,\"last_seen\":\"2026-11-29T06:33:20+08:00\"}")))
        .containsExactly("measurement", "water.leak");
  }

  @Test
  void callsDevicesByTheirFriendlyNames() {
    assertThat(
            List.of(
                device("building 3/meter room"), device("3号楼/大门"), device("0x00158d00018255df")))
        .containsExactly("building@203:meter@20room", "3号楼:大门", "0x00158d00018255df");
  }

  private String device(String name) {
    return events(zigbee.published("zigbee2mqtt/" + name, "{\"temperature\":1}"))
        .getFirst()
        .device()
        .value();
  }

  @Test
  void measuresWhateverADeviceSays() {
    DeviceEvent event =
        events(
                zigbee.published(
                    "zigbee2mqtt/m",
                    "{\"temperature\":27.34,\"linkquality\":102,\"state\":\"ON\",\"color\":{\"x\":0.1},\"update\":null,\"device\":{\"model\":\"x\"}}"))
            .getFirst();

    assertThat(event.type().isMeasurement()).isTrue();
    assertThat(event.values().byName())
        .containsExactly(
            Map.entry("temperature", new Value.Real(27.34)),
            Map.entry("linkquality", new Value.Whole(102)),
            Map.entry("state", new Value.Text("ON")),
            Map.entry("color.x", new Value.Real(0.1)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"2026-11-23T13:16:00+08:00\"",
        "\"2026-11-23T05:16:00.000Z\"",
        "\"2026-11-23T13:16:00\"",
        "1795410960000"
      })
  void believesWhenADeviceWasLastSeen(String time) {
    assertThat(
            events(
                zigbee.published("zigbee2mqtt/a", "{\"contact\":true,\"last_seen\":" + time + "}")))
        .extracting(DeviceEvent::time)
        .containsOnly(Instant.parse("2026-11-23T05:16:00Z"))
        .hasSize(2);
  }

  @Test
  void tellsWhetherDevicesAndTheBridgeAreThereInBothForms() {
    assertThat(types("3号楼/lamp/availability", "offline"))
        .containsExactly("measurement", "device.offline");
    assertThat(types("3号楼/lamp/availability", "{\"state\":\"offline\"}"))
        .containsExactly("measurement");
    assertThat(types("3号楼/lamp/availability", " {\"state\":\"online\"}"))
        .containsExactly("measurement", "device.online");
    assertThat(events(zigbee.published("zigbee2mqtt/bridge/state", "online")))
        .extracting(event -> event.device().value(), event -> event.type().value())
        .containsExactly(
            tuple("zigbee2mqtt", "measurement"), tuple("zigbee2mqtt", "device.online"));
    assertThat(refusal(zigbee.published("zigbee2mqtt/a/availability", "{\"state\":1}")).detail())
        .isEqualTo("state: is not a string");
    assertThat(refusal(zigbee.published("zigbee2mqtt/a/availability", "maybe")).detail())
        .contains("is neither online nor offline: maybe");
  }

  @Test
  void knowsTheKindOfADeviceThatIsGone() {
    types("gate", "{\"contact\":true}");

    assertThat(events(zigbee.published("zigbee2mqtt/gate/availability", "offline")))
        .extracting(DeviceEvent::kind)
        .containsOnly(Kind.ACCESS);
  }

  @Test
  void tellsEachPressOfAButton() {
    assertThat(types("b", "{\"action\":\"single\"}")).containsExactly("button.pressed");
    assertThat(types("b", "{\"action\":\"single\",\"battery\":50}"))
        .containsExactly("measurement", "battery.normal", "button.pressed");
    assertThat(zigbee.published("zigbee2mqtt/b", "{\"action\":\"\"}"))
        .isInstanceOf(Interpreted.PassedOver.class);
  }

  @Test
  void makesACallForHelpOfTheButtonsAndActionsThatAreSet() {
    assertThat(events(zigbee.published("zigbee2mqtt/keypad", "{\"action\":\"EMERGENCY\"}")))
        .extracting(event -> event.type().value(), DeviceEvent::kind)
        .containsExactly(tuple("sos.pressed", Kind.CARE));
    assertThat(events(zigbee.published("zigbee2mqtt/flat 402/bed", "{\"action\":\"double\"}")))
        .extracting(event -> event.type().value(), DeviceEvent::kind)
        .containsExactly(tuple("sos.pressed", Kind.CARE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"panic", "PANIC", "panic_2", "1_emergency", "fire", "sos_long"})
  void makesACallForHelpOfEachWayToCallIt(String action) {
    assertThat(events(zigbee.published("zigbee2mqtt/keypad", "{\"action\":\"" + action + "\"}")))
        .extracting(event -> event.type().value(), DeviceEvent::kind)
        .containsExactly(tuple("sos.pressed", Kind.CARE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"arm_all_zones", "disarm", "panic_release", "sos_off", "single"})
  void makesNoCallForHelpOfAnythingElse(String action) {
    assertThat(types("keypad", "{\"action\":\"" + action + "\"}"))
        .containsExactly("button.pressed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sos", "panic", "emergency"})
  void makesACallForHelpOfAStateThatBegins(String field) {
    assertThat(types("cord", "{\"" + field + "\":true}"))
        .containsExactly("measurement", "sos.pressed");
    assertThat(types("cord", "{\"" + field + "\":true}")).containsExactly("measurement");
    assertThat(types("cord", "{\"" + field + "\":false}")).containsExactly("measurement");
    assertThat(types("cord", "{\"" + field + "\":true}"))
        .containsExactly("measurement", "sos.pressed");
  }

  /** A keypad tells the code that somebody typed. */
  @Test
  void keepsNobodysCode() {
    assertThat(
            events(
                    zigbee.published(
                        "zigbee2mqtt/keypad",
                        "{\"action\":\"disarm\",\"action_code\":\"1234\",\"action_zone\":2}"))
                .toString())
        .doesNotContain("1234");
  }

  @Test
  void seesActivityWhereADeviceIsForCare() {
    KnownDevices bedroom =
        new KnownDevices() {
          @Override
          public Optional<Subject> at(String profile, String address) {
            return Optional.of(new Subject(new DeviceId("bedroom"), Kind.CARE));
          }

          @Override
          public Optional<Kind> kindOf(DeviceId device) {
            return Optional.empty();
          }
        };
    TestProfiles care = with("zigbee2mqtt", bedroom);

    assertThat(types(care.published("zigbee2mqtt/pir", "{\"occupancy\":true}")))
        .containsExactly("measurement", "occupancy.detected", "activity.seen");
    assertThat(events(care.published("zigbee2mqtt/pir", "{\"smoke\":true}")))
        .extracting(DeviceEvent::kind)
        .containsExactly(Kind.CARE, Kind.ENVIRONMENT);
  }

  @Test
  void saysThatABatteryIsLowByItsPercentageToo() {
    assertThat(types("s", "{\"battery\":16}")).containsExactly("measurement", "battery.normal");
    assertThat(types("s", "{\"battery\":15}")).containsExactly("measurement", "battery.low");
    assertThat(types("s", "{\"battery\":14}")).containsExactly("measurement");
  }

  @Test
  void readsSingleAttributes() {
    assertThat(types("flat 4/leak/water_leak", "true"))
        .containsExactly("measurement", "water.leak");
    assertThat(types("flat 4/button/action", "single")).containsExactly("button.pressed");
    assertThat(events(zigbee.published("zigbee2mqtt/flat 4/t/temperature", "21.5")).getFirst())
        .satisfies(
            event -> {
              assertThat(event.device().value()).isEqualTo("flat@204:t");
              assertThat(event.values().find("temperature")).contains(new Value.Real(21.5));
            });
    assertThat(refusal(zigbee.published("zigbee2mqtt/lamp", "ON")).detail())
        .contains("no JSON object");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bridge/logging",
        "bridge/devices",
        "bridge/info",
        "bridge/response/device/rename",
        "lamp/set",
        "a/lamp/set/state",
        "lamp/get"
      })
  void passesOverHousekeeping(String topic) {
    assertThat(zigbee.published("zigbee2mqtt/" + topic, "{\"state\":\"ON\"}"))
        .isInstanceOf(Interpreted.PassedOver.class);
    assertThat(zigbee.published("zigbee2mqtt/lamp", "")).isInstanceOf(Interpreted.PassedOver.class);
  }

  @Test
  void namesTheFieldThatCannotBeRead() {
    assertThat(refusal(zigbee.published("zigbee2mqtt/s", "{\"smoke\":\"perhaps\"}")).detail())
        .isEqualTo("smoke: is neither true nor false");
    assertThat(refusal(zigbee.published("zigbee2mqtt/s", "{\"action\":5}")).detail())
        .isEqualTo("action: is not a string");
    assertThat(refusal(zigbee.published("zigbee2mqtt/s", "{\"last_seen\":true}")).detail())
        .startsWith("last_seen: is not a time");
    assertThat(refusal(zigbee.published("zigbee2mqtt/s", "{\"a\":".repeat(100))).reason())
        .isEqualTo(RefusalReason.TOO_LARGE);
    assertThat(refusal(zigbee.published("zigbee2mqtt/" + "x".repeat(200), "{\"a\":1}")).reason())
        .isEqualTo(RefusalReason.BAD_DEVICE_ID);
    assertThat(refusal(zigbee.published("zigbee2mqtt/s", "{}")).reason())
        .isEqualTo(RefusalReason.NOTHING_IN_IT);
    assertThat(types("s", "{\"battery\":" + "9".repeat(390) + "}")).containsExactly("measurement");
  }

  @Test
  void readsAnotherBaseTopicAndWhatIsPosted() {
    assertThat(types(with("site/z", KnownDevices.NONE).published("site/z/a", "{\"t\":1}")))
        .containsExactly("measurement");
    assertThat(
            events(
                    zigbee.posted(
                        "zigbee2mqtt", "box-7", "", "{\"t\":1}".getBytes(StandardCharsets.UTF_8)))
                .getFirst())
        .extracting(event -> event.device().value())
        .isEqualTo("box-7");
    assertThatThrownBy(() -> new Zigbee2MqttSettings("z/", 15, List.of(), List.of(), Map.of()))
        .hasMessageContaining("linli.profile.zigbee2mqtt.base-topic");
    assertThatThrownBy(() -> new Zigbee2MqttSettings("z", 101, List.of(), List.of(), Map.of()))
        .hasMessageContaining("linli.profile.zigbee2mqtt.battery-low");
  }
}
