package org.linli.edge.profile.wired;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.linli.edge.profile.WiredMeaning;

class LifeNamesTest {

  @ParameterizedTest
  @CsvSource({
    "water_leak_alarm_1, WATER, false",
    "gasSensorState, GAS, false",
    "fall_down_status, FALL, false",
    "烟雾报警, SMOKE, false",
    "input_1_leak, WATER, false",
    "input_1_leak_detect, WATER, false",
    "active_sos, SOS, false",
    "co, , false",
    "co_alarm, GAS, false",
    "temperature, , false",
    "'', , false",
    "Alarm Status, , true",
    "alarms, , true",
    "Alarm_Type, , true",
  })
  void saysTheSameOfANameHoweverOftenItCame(String name, WiredMeaning meaning, boolean mayTell) {
    for (int i = 0; i < 2 * ByName.MOST; i++) {
      assertThat(LifeNames.meaning(name)).isEqualTo(Optional.ofNullable(meaning));
      assertThat(LifeNames.mayTell(name)).isEqualTo(mayTell);
      assertThat(LifeNames.meaning("invented_" + i)).isEmpty();
    }
  }
}
