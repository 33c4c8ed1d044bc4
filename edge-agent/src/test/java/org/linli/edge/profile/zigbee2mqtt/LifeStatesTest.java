package org.linli.edge.profile.zigbee2mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.linli.edge.profile.TestProfiles.events;
import static org.linli.edge.profile.TestProfiles.refusal;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.ProfileSettings;
import org.linli.edge.profile.TestProfiles;
import org.linli.event.DeviceEvent;
import org.linli.event.Kind;

/** States of life safety under the names of many converters, and what is none. */
class LifeStatesTest {

  private final TestProfiles zigbee = with(Map.of("kitchen/gas", "gas", "hall/contact2", "door"));

  private static TestProfiles with(Map<String, String> sensors) {
    return TestProfiles.of(profile(sensors));
  }

  private static Zigbee2MqttProfile profile(Map<String, String> sensors) {
    return new Zigbee2MqttProfile(
        new Zigbee2MqttSettings("zigbee2mqtt", 15, List.of(), List.of("panic"), sensors),
        new ProfileSettings(ZoneId.of("Asia/Shanghai"), List.of()));
  }

  private Interpreted sent(String name, String payload) {
    return zigbee.published("zigbee2mqtt/" + name, payload.replace('\'', '"'));
  }

  private List<String> types(String name, String payload) {
    return types(sent(name, payload));
  }

  private static List<String> types(Interpreted told) {
    return events(told).stream().map(each -> each.type().value()).toList();
  }

  @Test
  void aPressThatAnActionAndAStateSayIsOne() {
    String press = "{'action':'panic','sos_alarm':true}";

    assertThat(types("a", press)).containsExactly("measurement", "sos.pressed");
    assertThat(types("a", press)).containsExactly("measurement", "sos.pressed");
    assertThat(types("a", "{'sos_alarm':false}")).containsExactly("measurement");
    assertThat(types("a", "{'sos_alarm':true}")).containsExactly("measurement", "sos.pressed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'water_leak_alarm_1':true,'water_leak_alarm_2':false} | {'water_leak_alarm_1':false} |"
            + " water",
        "{'gas_alarm_1':true} | {'gas_alarm_1':false} | gas",
        "{'active_water_leak':true} | {'active_water_leak':false} | water",
        "{'input_1_leak_detect':'Leak'} | {'input_1_leak_detect':'Dry'} | water",
        "{'channel_2_smoke_alarm':1} | {'channel_2_smoke_alarm':0} | smoke",
        "{'gas_detection_state':'alarm'} | {'gas_detection_state':'normal'} | gas",
        "{'smoke_state':'alarm'} | {'smoke_state':'normal'} | smoke",
        "{'gas_sensor_state':'alarm','co_state':'alarm'} |"
            + " {'gas_sensor_state':'normal','co_state':'normal'} | gas",
        "{'water_leakage_state':'water_leakage_yes'} | {'water_leakage_state':'water_leakage_no'} |"
            + " water",
        "{'current_device_status':'water_leakage'} | {'current_device_status':'normal'} | water",
        "{'status':'smoke'} | {'status':'clear'} | smoke",
      })
  void tellsAStateUnderAnotherNameAndItsEnd(String on, String off, String what) {
    String begins = what.equals("water") ? "water.leak" : what + ".detected";

    assertThat(events(sent("a", on)))
        .extracting(each -> each.type().value(), DeviceEvent::kind)
        .containsExactly(tuple("measurement", Kind.ENVIRONMENT), tuple(begins, Kind.ENVIRONMENT));
    assertThat(types("a", on)).containsExactly("measurement");
    assertThat(types("a", "{'linkquality':70,'status':'online'}")).containsExactly("measurement");
    assertThat(types("a", off)).containsExactly("measurement", what + ".cleared");
    assertThat(types("a", on)).contains(begins);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'fall_status':'fall_alarm'}",
        "{'fall_down_status':'fall'}",
        "{'fall_down_status':'maybe_fall'}",
        "{'status':'falling'}",
        "{'fall':true}"
      })
  void tellsAFall(String fall) {
    String none = fall.replaceAll(":.*", ":'none'}");

    assertThat(events(sent("a", fall)))
        .extracting(each -> each.type().value(), DeviceEvent::kind)
        .containsExactly(tuple("measurement", Kind.ENVIRONMENT), tuple("fall.detected", Kind.CARE));
    assertThat(types("a", fall)).containsExactly("measurement");
    assertThat(types("a", none)).containsExactly("measurement");
    assertThat(types("a", fall)).contains("fall.detected");
  }

  /** As firmware writes it that has no words, without any setting. */
  @ParameterizedTest
  @ValueSource(strings = {"gas", "carbon_monoxide", "smoke"})
  void readsOneAndZeroAsAStateUntilTheFieldGivesALevel(String field) {
    String begins = field.equals("smoke") ? "smoke.detected" : "gas.detected";
    String ends = begins.replace("detected", "cleared");
    String said = "{'" + field + "':%s}";

    assertThat(types("a", said.formatted("1"))).containsExactly("measurement", begins);
    assertThat(types("a", said.formatted("0"))).containsExactly("measurement", ends);

    assertThat(types("b", said.formatted("12"))).containsExactly("measurement");
    assertThat(types("b", said.formatted("1"))).as("a level of 1").containsExactly("measurement");
    assertThat(types("b", said.formatted("0"))).containsExactly("measurement");
    assertThat(types("b", said.formatted("true"))).contains(begins);
    assertThat(types("b", said.formatted("0"))).as("a state again").contains(ends);
  }

  /** What a sensor measures of carbon monoxide is no alarm: the sensor says that itself. */
  @ParameterizedTest
  @ValueSource(strings = {"1", "35", "140.5"})
  void takesTheConcentrationOfCarbonMonoxideForAMeasurement(String ppm) {
    assertThat(types("a", "{'co':" + ppm + "}")).containsExactly("measurement");
    assertThat(types("a", "{'co':" + ppm + ",'carbon_monoxide':true}")).contains("gas.detected");
    assertThat(types("a", "{'co':" + ppm + "}")).as("ends nothing").containsExactly("measurement");
    assertThat(types("a", "{'co':0,'carbon_monoxide':false}")).contains("gas.cleared");
  }

  @Test
  void endsAConditionWithTheLastInputThatToldIt() {
    types("a", "{'smoke':true,'smoke_state':'alarm'}");

    assertThat(types("a", "{'smoke':false}")).containsExactly("measurement");
    assertThat(types("a", "{'smoke_state':'normal'}")).contains("smoke.cleared");
  }

  /** A level that a setting took for a state, and does not any more. */
  @ParameterizedTest
  @CsvSource({"gas, false", "motion, true", "nothing, true"})
  void aFieldKeepsAConditionAliveAsLongAsItMeansIt(String meansNow, boolean ends) {
    TestProfiles before = with(Map.of("loft/level", "gas"));
    String topic = "zigbee2mqtt/loft";
    assertThat(types(before.published(topic, "{\"level\":1}"))).contains("gas.detected");

    TestProfiles restarted =
        before.restartedAs(
            profile(meansNow.equals("nothing") ? Map.of() : Map.of("loft/level", meansNow)));
    assertThat(types(restarted.published(topic, "{\"gas\":true}"))).contains("gas.detected");
    assertThat(types(restarted.published(topic, "{\"gas\":false}")).contains("gas.cleared"))
        .isEqualTo(ends);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'gas_alarm_threshold':1,'smoke_alarm_level':1,'co':1,'smoke_concentration':1}",
        "{'gas_value':1,'gas_sensor_state':37,'fall_sensitivity':1,'co2_alarm':1}",
        "{'status':'online','state':'ON','alarm':true,'current_device_status':'standby'}",
        "{'smoke_state':'test','gas_sensor_state':'fault','fall_status':'unknown'}",
        "{'status':'normal'}",
        "{'smoke':0.7,'gas':17,'carbon_monoxide':140}",
      })
  void makesNoAlarmOfALevelOrASetting(String payload) {
    assertThat(types("a", payload)).containsExactly("measurement");
  }

  @Test
  void measuresANumberOfGasUnlessTheDeviceTellsAStateThere() {
    assertThat(types("a", "{'gas':1234.5,'linkquality':80}")).containsExactly("measurement");
    assertThat(types("a", "{'gas':1}")).containsExactly("measurement");
    assertThat(types("a", "{'gas':0}")).containsExactly("measurement");
    assertThat(types("b", "{'gas':false}")).contains("gas.cleared");
    assertThat(types("b", "{'gas':1}")).containsExactly("measurement", "gas.detected");
    assertThat(types("b", "{'gas':0}")).containsExactly("measurement", "gas.cleared");
    assertThat(types("kitchen", "{'gas':1}")).containsExactly("measurement", "gas.detected");
  }

  @Test
  void readsWhatASettingSays() {
    assertThat(events(sent("hall", "{'contact2':1}")))
        .extracting(each -> each.type().value(), DeviceEvent::kind)
        .containsExactly(tuple("measurement", Kind.ACCESS), tuple("door.opened", Kind.ACCESS));
    assertThat(refusal(sent("kitchen", "{'gas':'perhaps'}")).detail())
        .isEqualTo("gas: is neither true nor false");
    assertThatThrownBy(() -> with(Map.of("gas", "gas")))
        .hasMessageContaining("linli.profile.zigbee2mqtt.sensors[gas]")
        .hasMessageContaining("kitchen/gas");
  }

  @Test
  void marksAWordThatItDoesNotKnow() {
    assertThat(events(sent("a", "{'smoke_state':'perhaps'}")).getFirst().values().toString())
        .contains("smoke_state: is neither true nor false");
  }

  /** With {@code output: attribute} each of these comes by itself. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "stairs-smoke/last_seen | 2026-11-23T13:16:00+08:00",
        "stairs-smoke/last_seen | 1795410960000",
        "stairs-smoke | {'last_seen':'2026-11-23T13:16:00+08:00'}",
        "stairs-smoke | {'smoke':null,'battery':null}",
        "stairs-smoke/smoke | null",
        "hall-keypad/action_code | 1234",
        "hall-keypad | {'action_code':'1234'}"
      })
  void takesWhatSaysNothingOfAState(String topic, String payload) {
    assertThat(sent(topic, payload)).isInstanceOf(Interpreted.PassedOver.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'action':5,'action_code':'1234'}",
        "{'action_code':1234,'smoke':'perhaps'}",
        "{'action':'disarm','action_code' : '1234",
        "{'action':'disarm','action_code':'1234'}"
      })
  void keepsNoCodeOfAMessageThatItRefuses(String payload) {
    Interpreted told = sent("hall-keypad", payload);

    assertThat(new String(told.message().payload(), StandardCharsets.UTF_8))
        .contains("action_code")
        .doesNotContain("1234");
    assertThat(told.toString()).doesNotContain("1234");
  }
}
