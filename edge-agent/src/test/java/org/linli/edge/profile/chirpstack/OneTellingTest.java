package org.linli.edge.profile.chirpstack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What several fields of one uplink say is told once, and ends with the one that says so. */
class OneTellingTest extends SensorTests {

  private static final String PRESS =
      quoted("{'sosEvent':true,'sosEventRaw':1,'sosAlert':true,'emergencyAlert':true}");

  @Test
  void aPressThatFourFieldsSayIsOne() {
    assertThat(types(sent("1", "AN301", PRESS))).containsExactly("measurement", "sos.pressed");
    assertThat(types(sent("1", "AN301", PRESS))).containsExactly("measurement", "sos.pressed");
  }

  @Test
  void aFieldThatIsGoneIsOverWhenItsNeighbourSaysSo() {
    String on = quoted("{'smokeAlarm':true,'tags':{'smoke':'detected'}}");
    String off = quoted("{'smokeAlarm':false,'tags':{}}");
    for (int i = 0; i < 2; i++) {
      assertThat(types(sent("1", "RA02G", on))).containsExactly("measurement", "smoke.detected");
      assertThat(types(sent("1", "RA02G", off))).containsExactly("measurement", "smoke.cleared");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'water_leak_1':true,'water_leak_2':true} | {'water_leak_1':false}",
        "{'cellar':{'leak_status':1},'attic':{'leak_status':1}} | {'cellar':{'leak_status':0}}",
        "{'gas_alarm':1,'co_alarm':1} | {'gas_alarm':0}",
        "{'smoke_alarm':true} | {'fire_alarm':false}",
      })
  void anotherInputThatIsGoneIsNotOver(String on, String off) {
    assertThat(types(sent("1", "x", quoted(on)))).hasSizeGreaterThan(1);
    assertThat(types(sent("1", "x", quoted(off)))).containsExactly("measurement");
  }

  @ParameterizedTest
  @CsvSource({
    "smoke_status,SmokeDetected,NoSmoke,smoke.detected,smoke.cleared",
    "smoke_status,Local smoke Alarm activated,Smoke Alarm"
        + " non-activated,smoke.detected,smoke.cleared",
    "smoke_alarm_state,EMERGENCY,OK,smoke.detected,smoke.cleared",
    "smoke_alarm_state,WARNING,Smoke sensor ok,smoke.detected,smoke.cleared",
    "co_alarm_state,WARNING,NoAlarm,gas.detected,gas.cleared",
    "WaterLeak,Leak,NoLeak,water.leak,water.cleared",
    "water_leak,WaterDetected,NoWater,water.leak,water.cleared",
    "leakage_status,Detected,NotDetected,water.leak,water.cleared",
    "IncenseSmokeAlarm,Alarm,No Alarm,smoke.detected,smoke.cleared",
    "ShockTamperAlarm,Alarm,No Alarm,device.tampered,device.tamper-cleared",
    "water1leak,true,false,water.leak,water.cleared",
    "tamper_status,TamperDetected,NoTamper,device.tampered,device.tamper-cleared",
  })
  void wordsThatAreWrittenTogetherAreRead(
      String field, String on, String off, String begins, String ends) {
    for (int i = 0; i < 2; i++) {
      assertThat(types(uplink("1", "x", field, "\"" + on + "\"")))
          .containsExactly("measurement", begins);
      assertThat(types(uplink("1", "x", field, "\"" + off + "\"")))
          .containsExactly("measurement", ends);
    }
  }

  @ParameterizedTest
  @CsvSource({"RB02I,sos.pressed", "R312A,sos.pressed", "R718T,button.pressed"})
  void aButtonOfNetvoxIsKnownByItsModel(String model, String type) {
    String said = quoted("{'Device':'" + model + "','Alarm':%d}");

    assertThat(types(sent("1", "x", said.formatted(1)))).containsExactly("measurement", type);
    assertThat(types(sent("1", "x", said.formatted(0)))).containsExactly("measurement");
    assertThat(types(sent("1", "x", quoted("{'Device':'RA07','Alarm':1}"))))
        .containsExactly("measurement");
  }
}
