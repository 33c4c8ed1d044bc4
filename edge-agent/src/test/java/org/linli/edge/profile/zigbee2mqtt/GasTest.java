package org.linli.edge.profile.zigbee2mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.linli.edge.profile.TestProfiles.events;
import static org.linli.edge.profile.TestProfiles.refusal;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.KnownDevices;
import org.linli.edge.profile.ProfileSettings;
import org.linli.edge.profile.TestProfiles;
import org.linli.event.DeviceEvent;
import org.linli.event.Value;

/** Two gases are one condition. */
class GasTest {

  private final TestProfiles zigbee =
      TestProfiles.of(
          KnownDevices.NONE,
          new Zigbee2MqttProfile(
              new Zigbee2MqttSettings("zigbee2mqtt", 15, List.of(), List.of("sos"), Map.of()),
              new ProfileSettings(ZoneId.of("Asia/Shanghai"), List.of())));

  private List<String> types(String name, String payload) {
    return types(zigbee.published("zigbee2mqtt/" + name, payload));
  }

  private static List<String> types(Interpreted interpreted) {
    return events(interpreted).stream().map(event -> event.type().value()).toList();
  }

  @Test
  void clearsGasOnlyWhenNoneIsLeft() {
    assertThat(types("k", "{\"gas\":true,\"carbon_monoxide\":true}")).contains("gas.detected");
    assertThat(types("k", "{\"gas\":false,\"carbon_monoxide\":true}"))
        .containsExactly("measurement");
    assertThat(types("k", "{\"gas\":false,\"carbon_monoxide\":false}")).contains("gas.cleared");
  }

  /** Nobody smells it, and somebody who goes there must know. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"carbon_monoxide\":true}|carbon-monoxide",
        "{\"gas\":true,\"carbon_monoxide\":\"ON\"}|carbon-monoxide",
        "{\"co_state\":1}|carbon-monoxide",
        "{\"status\":\"carbon monoxide alarm\"}|carbon-monoxide",
        "{\"gas\":true,\"carbon_monoxide\":false}|",
        "{\"co2_alarm\":true,\"gas\":true}|",
        "{\"status\":\"gas leak\"}|",
      })
  void saysThatTheGasIsCarbonMonoxide(String payload, @Nullable String cause) {
    assertThat(events(zigbee.published("zigbee2mqtt/k", payload)))
        .filteredOn(event -> event.type().value().equals("gas.detected"))
        .singleElement()
        .extracting(event -> event.values().byName())
        .isEqualTo(cause == null ? Map.of() : Map.of("cause", new Value.Text(cause)));
  }

  @Test
  void saysNoCauseOfTheEnd() {
    assertThat(types("k", "{\"carbon_monoxide\":true}")).contains("gas.detected");
    assertThat(events(zigbee.published("zigbee2mqtt/k", "{\"carbon_monoxide\":false}")))
        .filteredOn(event -> event.type().value().equals("gas.cleared"))
        .singleElement()
        .satisfies(event -> assertThat(event.values().size()).isZero());
  }

  /** With {@code output: attribute} each gas comes in a message of its own. */
  @Test
  void clearsNoGasBecauseAnotherIsGone() {
    assertThat(types("k/gas", "true")).contains("gas.detected");
    assertThat(types("k/carbon_monoxide", "false")).containsExactly("measurement");
    assertThat(types("k", "{\"smoke\":false,\"battery\":50}")).doesNotContain("gas.cleared");
    assertThat(types("k/gas", "false")).containsExactly("measurement", "gas.cleared");
  }

  private static String gases(boolean gas, Instant seen) {
    return "{\"gas\":%s,\"carbon_monoxide\":false,\"last_seen\":%d}"
        .formatted(gas, seen.toEpochMilli());
  }

  /** Its first end is too old to be told, and from then on the other gas is the only known one. */
  @Test
  void aGasOfWhichOnlySomethingOldIsKnownLastsNotForEver() {
    Instant now = TestProfiles.RECEIVED;
    Instant before = now.minus(Duration.ofDays(3));
    assertThat(types(zigbee.at(before).published("zigbee2mqtt/k", gases(true, before))))
        .contains("gas.detected");
    String cached = gases(false, before.plus(Duration.ofDays(1)));
    assertThat(types(zigbee.published("zigbee2mqtt/k", cached))).containsExactly("measurement");

    assertThat(types(zigbee.published("zigbee2mqtt/k", gases(false, now))))
        .containsExactly("measurement", "gas.cleared");
  }

  /** An alarm outranks what is too large beside it; nothing else does. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DEEP|is nested deeper than 32",
        "[1,DEEP,2]|is nested deeper than 32",
        "NUMBER|more: is a number of more than 400",
        "[1,-NUMBER.5e1]|more: is a number of more than 400",
        "{\"LONG\":{\"smoke\":1}}|is a name of more than 1024",
      })
  void takesAnAlarmWithoutWhatIsTooLargeBesideIt(String more, String defect) {
    String large =
        more.replace("DEEP", "[{\"a\":".repeat(2_000) + "\"]}\"" + "}]".repeat(2_000))
            .replace("NUMBER", "7".repeat(500))
            .replace("LONG", "n".repeat(2_000));
    String indented = "{\n" + " ".repeat(70) + "\"gas\" " + " ".repeat(70) + ": true\n";

    DeviceEvent alarm =
        events(zigbee.published("zigbee2mqtt/k", indented + ",\"more\":" + large + "}")).stream()
            .filter(event -> event.type().value().equals("gas.detected"))
            .findFirst()
            .orElseThrow();

    assertThat(alarm.values().find("defect").orElseThrow().toString()).contains(defect);
    assertThat(
            refusal(zigbee.published("zigbee2mqtt/k", "{\"linkquality\":7,\"more\":" + large + "}"))
                .reason())
        .isEqualTo(RefusalReason.TOO_LARGE);
  }
}
