package org.linli.edge.profile.chirpstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.linli.edge.profile.TestProfiles.events;
import static org.linli.edge.profile.TestProfiles.refusal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.TestOutbox;
import org.linli.edge.profile.TestProfiles;
import org.linli.event.DeviceEvent;
import org.linli.event.EventId;
import org.linli.event.Kind;

/**
 * States in uplinks, as the codecs of Milesight (Milesight-IoT/SensorDecoders), Dragino
 * (dragino/dragino-end-node-decoder) and Browan (TheThingsNetwork/lorawan-devices, vendor/browan)
 * name them.
 */
class SensorsTest {

  private final TestProfiles profiles =
      with(
          Map.of(
              "TBWL100/status", "water",
              "TBDW100/status", "door",
              "TBPB100/status", "sos",
              "GS524N/event", "smoke",
              "0102/gpio", "gas",
              "lpp/digital-input.3", "water"));

  private int uplinks;

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

  /** Half of the alarm's end does not end it. */
  @Test
  void endsALeakOnlyWhenNoProbeIsWetAnyMore() {
    assertThat(types(uplink("01", "x", "leak_detected", "true"))).contains("water.leak");
    assertThat(types(uplink("01", "x", "leakage_status", "\"normal\"")))
        .containsExactly("measurement");
    assertThat(types(uplink("01", "x", "battery", "3"))).containsExactly("measurement");
    assertThat(types(uplink("01", "x", "leak_detected", "false"))).contains("water.cleared");
  }

  private static Map<String, String> waters(List<String> fields) {
    return fields.stream().collect(Collectors.toMap(field -> "box/" + field, _ -> "water"));
  }

  /** The last two have the same hash. */
  @Test
  void endsALeakOnlyWhenNoneOfManyProbesIsWetAnyMore() {
    List<String> probes = new ArrayList<>(List.of("AaAa", "BBBB"));
    IntStream.range(0, 100).forEach(i -> probes.add("probe-" + i));
    TestProfiles box = with(waters(probes));
    probes.forEach(each -> assertThat(probe(box, each, true)).contains("water.leak"));

    for (String each : probes.reversed()) {
      assertThat(probe(box, each, false).contains("water.cleared"))
          .as(each)
          .isEqualTo(each.equals("AaAa"));
    }
  }

  @Test
  void aLeakThatWasWithdrawnKeepsNoneAlive() {
    said("d1", "01", "x", "{\"leakage_status\":\"leak\"}");
    said("d2", "01", "x", "{\"leakage_status\":\"normal\"}");
    Interpreted late = said("d1", "01", "x", "{\"leakage_status\":\"leak\"}");
    assertThat(late).isInstanceOf(Interpreted.Understood.class);
    late.basis().repeated(_ -> true);

    assertThat(types(uplink("01", "x", "water_leak", "true"))).contains("water.leak");
    assertThat(types(uplink("01", "x", "water_leak", "false"))).contains("water.cleared");
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
  void aFieldThatMeansSomethingElseNowKeepsNoLeakAlive() {
    TestProfiles box = with(waters(List.of("one", "two")));
    probe(box, "one", true);

    TestProfiles restarted = restarted(box, Map.of("box/one", "motion", "box/two", "water"));
    assertThat(probe(restarted, "two", true)).contains("water.leak");
    assertThat(probe(restarted, "two", false)).contains("water.cleared");
  }

  @Test
  void judgesNoStateByWhatItsFieldMeantBefore() {
    TestProfiles box = with(Map.of("box/one", "door"));
    assertThat(probe(box, "one", true)).contains("door.opened");

    TestProfiles restarted = restarted(box, Map.of("box/one", "motion"));
    assertThat(probe(restarted, "one", true)).contains("occupancy.detected");
    assertThat(probe(restarted(restarted, Map.of("box/one", "motion")), "one", true))
        .as("the same settings")
        .containsExactly("measurement");
  }

  private static TestProfiles restarted(TestProfiles before, Map<String, String> sensors) {
    return before.restartedAs(
        new ChirpStackProfile(new ChirpStackSettings("", 20, Map.of(), sensors)));
  }

  private static List<String> probe(TestProfiles box, String field, boolean on) {
    return types(
        box.published(
            "application/a/device/07/event/up",
            "{\"deviceInfo\":{\"deviceProfileName\":\"box\"},\"object\":{\"%s\":%s}}"
                .formatted(field, on)));
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

  /** Whatever else is sent in whatever order, only the probe's own end ends its leak. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void leavesALeakLeaking(long seed) {
    List<String> others =
        List.of(
            "{\"water_leak\":\"normal\"}",
            "{\"leak\":\"unknown\"}",
            "{\"leakage_status\":\"perhaps\"}",
            "{\"smoke\":\"normal\",\"door\":\"closed\"}",
            "{\"gas\":12,\"battery\":3}",
            "{\"history\":[{\"leakage_status\":\"normal\"}]}",
            "{\"tamper_status\":\"installed\"}",
            "{}");
    Random random = new Random(seed);
    assertThat(types(sent("0e", "x", "{\"leakage_status\":\"leak\"}"))).contains("water.leak");

    for (int i = 0; i < 200; i++) {
      Interpreted told =
          random.nextInt(4) == 0
              ? sent("0f", "x", "{\"leakage_status\":\"normal\"}")
              : sent("0e", "x", others.get(random.nextInt(others.size())));
      if (told instanceof Interpreted.Understood understood) {
        assertThat(understood.events())
            .filteredOn(each -> each.type().value().equals("water.cleared"))
            .noneMatch(each -> each.device().value().equals("0e"));
      }
    }
    assertThat(types(sent("0e", "x", "{\"leakage_status\":\"normal\"}"))).contains("water.cleared");
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

  private static TestProfiles with(Map<String, String> sensors) {
    return TestProfiles.of(
        new ChirpStackProfile(
            new ChirpStackSettings("", 20, Map.of("lpp", "cayenne-lpp"), sensors)));
  }

  private static String quoted(String value) {
    return value.replace('\'', '"');
  }

  private Interpreted uplink(String eui, String profile, String field, String value) {
    return sent(eui, profile, "{\"" + field + "\":" + value + "}");
  }

  private Interpreted sent(String eui, String profile, String object) {
    return said("d-" + ++uplinks, eui, profile, object);
  }

  private Interpreted said(String id, String eui, String profile, String object) {
    return profiles.published(
        "application/a/device/" + eui + "/event/up",
        "{\"deduplicationId\":\"%s\",\"deviceInfo\":{\"deviceProfileName\":\"%s\"},\"fPort\":2,\"object\":%s}"
            .formatted(id, profile, object));
  }

  private static List<String> types(Interpreted interpreted) {
    return events(interpreted).stream().map(event -> event.type().value()).toList();
  }

  private static List<String> ids(Interpreted interpreted) {
    return events(interpreted).stream()
        .map(event -> event.givenId().map(EventId::value).orElse(""))
        .toList();
  }
}
