package org.linli.edge.profile.chirpstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.linli.edge.profile.TestProfiles.events;
import static org.linli.edge.profile.TestProfiles.refusal;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.linli.edge.profile.TestOutbox;
import org.linli.edge.profile.TestProfiles;
import org.linli.event.DeviceEvent;
import org.linli.event.Kind;

/**
 * States in uplinks, as the codecs of Milesight (Milesight-IoT/SensorDecoders), Dragino
 * (dragino/dragino-end-node-decoder) and Browan (TheThingsNetwork/lorawan-devices, vendor/browan)
 * name them.
 */
class SensorsTest extends SensorTests {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "x | leakage_status | 'leak' | 'normal' | water.leak | water.cleared",
        "x | waterleak | 1 | 0 | water.leak | water.cleared",
        "x | waterleak | '1' | '0' | water.leak | water.cleared",
        "x | WaterLeakageDetected | true | false | water.leak | water.cleared",
        "x | Water-Leak-Status | 'LEAK' | 'NO_LEAK' | water.leak | water.cleared",
        "x | leakage_status | 'abnormal' | 'normal' | water.leak | water.cleared",
        "x | leak | 1 | 0 | water.leak | water.cleared",
        "x | fire | 'fire alarm' | 'normal' | smoke.detected | smoke.cleared",
        "x | smokeStatus | 'fire_alarm' | 'no fire' | smoke.detected | smoke.cleared",
        "x | smoke_status | 'abnormal' | 'normal' | smoke.detected | smoke.cleared",
        "x | GasAlarm | 'abnormal' | 'normal' | gas.detected | gas.cleared",
        "x | TAMPER_STATUS | '1\\u0000' | '0' | device.tampered | device.tamper-cleared",
        "x | WATER_LEAK_STATUS | 1 | 0 | water.leak | water.cleared",
        "x | WATER_LEAK_STATUS | 'LEAK' | 'NO LEAK' | water.leak | water.cleared",
        "x | water_leak | 'leak' | 'normal' | water.leak | water.cleared",
        "x | leak | true | false | water.leak | water.cleared",
        "x | magnet_status | 'open' | 'close' | door.opened | door.closed",
        "x | DOOR_OPEN_STATUS | 1 | 0 | door.opened | door.closed",
        "x | DOOR_OPEN_STATUS | 'OPEN' | 'CLOSE' | door.opened | door.closed",
        "x | DoorOpen | true | false | door.opened | door.closed",
        "x | door | 'open' | 'closed' | door.opened | door.closed",
        "x | tamper_status | 'uninstalled' | 'installed' | device.tampered | device.tamper-cleared",
        "x | TamperDetect | true | false | device.tampered | device.tamper-cleared",
        "x | pir | 'trigger' | 'normal' | occupancy.detected | occupancy.cleared",
        "x | occupancy | 'occupied' | 'vacant' | occupancy.detected | occupancy.cleared",
        "x | smoke | 'alarm' | 'normal' | smoke.detected | smoke.cleared",
        "x | smoke_alarm | true | false | smoke.detected | smoke.cleared",
        "x | gas_alarm | 1 | 0 | gas.detected | gas.cleared",
        "TBWL100 | status | 1 | 0 | water.leak | water.cleared",
        "TBDW100 | status | 1 | 0 | door.opened | door.closed",
        "GS524N | event | 'alarm' | 'normal' | smoke.detected | smoke.cleared",
      })
  void tellsAStateOnceAndItsEnd(
      String profile, String field, String on, String off, String begins, String ends) {
    assertThat(types(uplink("01", profile, field, quoted(on))))
        .containsExactly("measurement", begins);
    assertThat(types(uplink("01", profile, field, quoted(on)))).containsExactly("measurement");
    assertThat(types(uplink("01", profile, field, quoted(off))))
        .containsExactly("measurement", ends);
    assertThat(types(uplink("01", profile, field, quoted(on)))).contains(begins);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "x | pir | 17",
        "x | occupancy | 4",
        "x | gas | 1",
        "x | water | 1",
        "x | leakage_status | 'unknown'",
        "x | status | 1",
        "x | temperature_alarm | 'alarm'"
      })
  void leavesWhatIsNoStateAMeasurement(String profile, String field, String value) {
    assertThat(types(uplink("01", profile, field, quoted(value)))).containsExactly("measurement");
  }

  @Test
  void countsEachUplinkOfAButtonAsAPress() {
    String press = "{\"button_event\":{\"status\":\"short press\",\"msgid\":5}}";

    assertThat(types(sent("01", "WS101", press))).containsExactly("measurement", "button.pressed");
    assertThat(types(sent("01", "WS101", press))).containsExactly("measurement", "button.pressed");
    assertThat(types(uplink("01", "x", "button_2", "1")))
        .containsExactly("measurement", "button.pressed");
    assertThat(events(uplink("02", "TBPB100", "status", "1")))
        .extracting(event -> event.type().value(), DeviceEvent::kind)
        .containsExactly(tuple("measurement", Kind.ENVIRONMENT), tuple("sos.pressed", Kind.CARE));
    assertThat(types(uplink("02", "TBPB100", "status", "0"))).containsExactly("measurement");
    assertThat(types(uplink("02", "TBPB100", "status", "1"))).contains("sos.pressed");
  }

  /** The network server may publish an uplink twice. */
  @Test
  void givesAnEventAnIdThatFollowsFromItsUplinks() {
    String leak = "{\"leakage_status\":\"leak\"}";
    String press = "{\"button_event\":{\"status\":\"long press\"}}";

    assertThat(ids(said("d1", "01", "x", leak)))
        .containsExactly("d1", "water.leak:leakage_status:d1");
    assertThat(ids(said("d1", "01", "x", leak))).containsExactly("d1");
    assertThat(ids(said("d2", "01", "x", press))).isEqualTo(ids(said("d2", "01", "x", press)));
  }

  @Test
  void takesALeakWhoseTimeCannotBeRead() {
    DeviceEvent leak =
        events(
                profiles.published(
                    "application/a/device/01/event/up",
                    "{\"time\":\"yesterday\",\"object\":{\"leakage_status\":\"leak\"}}"))
            .get(1);

    assertThat(leak.type().value()).isEqualTo("water.leak");
    assertThat(leak.time()).isEqualTo(TestProfiles.RECEIVED);
    assertThat(leak.values().toString()).contains("clock", "time: is not a time");
  }

  @Test
  void anUplinkThatCameLateSaysNothingOfTheStateNow(@TempDir Path folder) {
    try (TestOutbox outbox = new TestOutbox(folder)) {
      outbox.takes(said("d1", "01", "x", "{\"leakage_status\":\"normal\"}"));
      outbox.takes(said("d2", "01", "x", "{\"leakage_status\":\"normal\"}"));
      assertThat(outbox.takes(said("d3", "01", "x", "{\"leakage_status\":\"leak\"}")))
          .contains("water.leak");

      assertThat(outbox.takes(said("d2", "01", "x", "{\"leakage_status\":\"normal\"}"))).isEmpty();

      assertThat(outbox.takes(said("d4", "01", "x", "{\"leakage_status\":\"leak\"}")))
          .as("the leak goes on")
          .containsExactly("measurement");
      assertThat(outbox.takes(said("d5", "01", "x", "{\"leakage_status\":\"normal\"}")))
          .contains("water.cleared");
      assertThat(outbox.takes(said("d4", "01", "x", "{\"leakage_status\":\"leak\"}"))).isEmpty();
    }
  }

  @Test
  void takesHistoryForNoPresentState() {
    assertThat(
            types(
                sent(
                    "01",
                    "x",
                    "{\"battery\":9,\"history\":[{\"timestamp\":1,\"leakage_status\":\"leak\"}]}")))
        .containsExactly("measurement");
  }

  @Test
  void takesAnAlarmBesideASensorThatCannotBeRead() {
    for (String object :
        List.of(
            "{\"status\":\"soggy\",\"smoke\":\"alarm\"}",
            "{\"smoke\":\"alarm\",\"status\":\"soggy\"}")) {
      List<DeviceEvent> told = events(sent("0" + object.indexOf("soggy"), "TBWL100", object));

      assertThat(told)
          .extracting(each -> each.type().value())
          .containsExactly("measurement", "smoke.detected");
      assertThat(told.getLast().values().toString()).contains("object.status: says neither");
    }
  }

  @Test
  void takesAnAlarmBesideMoreValuesThanAMessageMayHold() {
    String many =
        IntStream.range(0, 4_200)
            .mapToObj(i -> "\"v" + i + "\":" + i)
            .collect(Collectors.joining(",", "{", ",\"smoke\":\"alarm\"}"));

    assertThat(types(sent("0d", "x", many))).contains("smoke.detected");
  }

  @Test
  void prefersTheSettingOfASingleDeviceAndReadsWhatADecoderMade() {
    assertThat(types(uplink("0102", "x", "gpio", "\"on\""))).contains("gas.detected");
    assertThat(
            types(
                profiles.published(
                    "application/a/device/03/event/up",
                    "{\"deviceInfo\":{\"deviceProfileName\":\"lpp\"},\"fPort\":1,\"data\":\"AwAB\"}")))
        .containsExactly("measurement", "water.leak");
  }

  @Test
  void supposesThatWhatHasADoorIsForAccess() {
    assertThat(events(uplink("01", "x", "magnet_status", "\"open\"")))
        .extracting(DeviceEvent::kind)
        .containsOnly(Kind.ACCESS);
  }

  @Test
  void namesTheFieldThatASettingMeansAndThatSaysNeither() {
    assertThat(refusal(uplink("01", "TBWL100", "status", "\"soggy\"")).detail())
        .isEqualTo("object.status: says neither on nor off, but the settings say that it is water");
    assertThat(types(uplink("01", "GS524N", "event", "\"low battery\"")))
        .containsExactly("measurement");
    assertThatThrownBy(() -> with(Map.of("EM300", "water")))
        .hasMessageContaining("linli.profile.chirpstack.sensors[EM300]")
        .hasMessageContaining("EM300-ZLD/leakage_status");
    assertThatThrownBy(() -> with(Map.of("EM300/x", "wet")))
        .hasMessageContaining("is 'wet', which is none of door, water, smoke");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "fall | true",
        "Fall-Detected | 1",
        "fallStatus | '1'",
        "man_down | 'alarm'",
        "fall_status | 'fall'",
        "SOS_Button | 'pressed'",
      })
  void eachCallAndEachFallIsAnEvent(String field, String value) {
    for (int i = 0; i < 2; i++) {
      assertThat(events(uplink("01", "x", field, quoted(value))))
          .extracting(event -> event.kind().toString())
          .contains("care");
    }
    assertThat(types(uplink("01", "x", field, "0"))).containsExactly("measurement");
  }

  /** Levels and counters under the names of states. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "gas | 1",
        "smoke | 1",
        "water | 1",
        "leak | 17",
        "WATER_LEAK_TIMES | 1",
        "fire_status | 'fault'",
        "smoke_alarm_threshold | 1",
        "door | 1",
        "fall | 'unknown'",
        "leakage_status | 'test'",
      })
  void makesNoAlarmOfALevel(String field, String value) {
    assertThat(types(uplink("01", "x", field, quoted(value)))).containsExactly("measurement");
  }
}
