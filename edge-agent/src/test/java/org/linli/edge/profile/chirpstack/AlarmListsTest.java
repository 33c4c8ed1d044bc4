package org.linli.edge.profile.chirpstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.linli.edge.profile.TestProfiles.events;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.profile.TestProfiles;
import org.linli.event.DeviceEvent;
import org.linli.event.EventId;
import org.linli.event.Kind;

/** States within lists and objects, and those that only a neighbour or a text explains. */
class AlarmListsTest {

  private final TestProfiles profiles =
      TestProfiles.of(
          new ChirpStackProfile(
              new ChirpStackSettings(
                  "",
                  20,
                  Map.of(),
                  Map.of(
                      "PB01/Alarm", "sos",
                      "box/inputs.1.on", "smoke",
                      "EM300-DI/gpio_alarm", "smoke"))));

  private int uplinks;

  /** Milesight VS373, a radar. */
  @Test
  void tellsEachFallInAListOfAlarms() {
    String fall =
        "{'events':[{'alarm_id':7,'alarm_type':'fall','alarm_status':'alarm_triggered'},"
            + "{'alarm_id':8,'alarm_type':'fall','alarm_status':'alarm_triggered'}]}";

    List<DeviceEvent> told = told("x", fall);

    assertThat(told)
        .extracting(each -> each.type().value(), DeviceEvent::kind)
        .containsExactly(
            tuple("measurement", Kind.ENVIRONMENT),
            tuple("fall.detected", Kind.CARE),
            tuple("fall.detected", Kind.CARE));
    assertThat(told).extracting(each -> each.givenId().map(EventId::value)).doesNotHaveDuplicates();
    assertThat(
            types(
                "x",
                "{'events':[{'alarm_id':7,'alarm_type':'fall','alarm_status':'alarm_deactivated'},"
                    + "{'alarm_type':'motionless','alarm_status':'alarm_triggered'}]}"))
        .containsExactly("measurement");
  }

  @Test
  void endsAnAlarmOfAListByItsOwnNumber() {
    String smoke = "{'alarms':[{'id':%d,'type':'smoke','status':'%s'}]}";

    assertThat(types("x", smoke.formatted(1, "alarm"))).contains("smoke.detected");
    types("x", smoke.formatted(2, "alarm"));
    assertThat(types("x", smoke.formatted(1, "normal"))).containsExactly("measurement");
    assertThat(types("x", smoke.formatted(2, "normal"))).contains("smoke.cleared");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'channels':[{'leak':0},{'leak':1}]} | {'channels':[{'leak':0},{'leak':0}]} | water",
        "{'data':{'leakage_status':'leak'}} | {'data':{'leakage_status':'normal'}} | water",
        "{'data':{'smoke':{'status':'smoke alarm'}}} | {'data':{'smoke':{'status':'normal'}}} |"
            + " smoke",
        "{'water_leak_alarm_1':1} | {'water_leak_alarm_1':0} | water",
        "{'gasSensorState':'alarm'} | {'gasSensorState':'normal'} | gas",
        "{'alarms':['low battery','gas leak']} | {'alarms':['none','no gas']} | gas",
      })
  void tellsAStateWithinSomethingAndItsEnd(String on, String off, String what) {
    String begins = what.equals("water") ? "water.leak" : what + ".detected";

    assertThat(types("x", on)).containsExactly("measurement", begins);
    assertThat(types("x", on)).containsExactly("measurement");
    assertThat(types("x", off)).contains(what + ".cleared");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'history':[{'leakage_status':'leak'}]}",
        "{'historyData':{'smoke':true}}",
        "{'data_log':[{'alarm_type':'fall','alarm_status':'alarm_triggered'}]}",
        "{'thresholds':{'smoke':true}}",
        "{'leak_counts':{'leak':1}}",
        "{'analogs':[{'gas':1}]}",
        "{'gas_sensor_state':17,'co':1,'co2_status':1}",
        "{'events':[{'alarm_type':'fall','alarm_status':'unknown'}]}",
        "{'status':'low battery'}",
        "{'status':'temperature alarm'}",
        "{'ALARM_status':'TRUE','TempC1':30}",
      })
  void makesNoAlarmOfHistoryOfASettingOrOfALevel(String object) {
    assertThat(types("x", object)).containsExactly("measurement");
  }

  @Test
  void takesTheAlarmOfDraginosTrackerForACallForHelp() {
    assertThat(
            told(
                "TrackerD",
                "{'ALARM_status':'TRUE','Latitude':31.2,'Longitude':121.4,'MD':'Move'}"))
        .extracting(each -> each.type().value(), DeviceEvent::kind)
        .containsExactly(tuple("measurement", Kind.ENVIRONMENT), tuple("sos.pressed", Kind.CARE));
    assertThat(types("TrackerD", "{'ALARM_status':'FALSE','Latitude':31.2}"))
        .containsExactly("measurement");
    assertThat(types("other", "{'Alarm':'TRUE','Sound_ACK':'OPEN','Sound_key':'OPEN'}"))
        .containsExactly("measurement", "button.pressed");
    assertThat(types("PB01", "{'Alarm':'TRUE','Sound_ACK':'OPEN'}"))
        .containsExactly("measurement", "sos.pressed");
  }

  @Test
  void readsASettingForAFieldWithinAList() {
    assertThat(types("box", "{'inputs':[{'on':true},{'on':true}]}"))
        .containsExactly("measurement", "smoke.detected");
  }

  /** Milesight EM300-DI, as a counter of water and as a digital input. */
  @Test
  void tellsWaterThatFlowsForTooLong() {
    String said = "{'water':12.5,'water_alarm':'water %s timeout alarm%s'}";

    assertThat(types("EM300-DI", said.formatted("flow", "")))
        .containsExactly("measurement", "water.leak");
    assertThat(types("EM300-DI", said.formatted("outage", ""))).containsExactly("measurement");
    assertThat(types("EM300-DI", said.formatted("outage", " release")))
        .as("it ends another alarm")
        .containsExactly("measurement");
    assertThat(types("EM300-DI", said.formatted("flow", " release")))
        .containsExactly("measurement", "water.cleared");
    assertThat(types("EM300-DI", "{'gpio':'high','gpio_alarm':'gpio alarm'}"))
        .containsExactly("measurement", "smoke.detected");
    assertThat(types("EM300-DI", "{'gpio':'low','gpio_alarm':'gpio alarm release'}"))
        .containsExactly("measurement", "smoke.cleared");
  }

  @Test
  void marksALifesStateThatItCannotRead() {
    assertThat(told("x", "{'leakage_status':'perhaps'}").getFirst().values().toString())
        .contains("object.leakage_status: says neither on nor off");
  }

  private List<String> types(String profile, String object) {
    return told(profile, object).stream().map(each -> each.type().value()).toList();
  }

  private List<DeviceEvent> told(String profile, String object) {
    return events(
        profiles.published(
            "application/a/device/01/event/up",
            "{\"deduplicationId\":\"d-%d\",\"deviceInfo\":{\"deviceProfileName\":\"%s\"},\"object\":%s}"
                .formatted(++uplinks, profile, object.replace('\'', '"'))));
  }
}
