package org.linli.sims.equipment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.linli.sims.console.CannotRunException;

class MixTest {

  @Test
  void givesEachFormatItsTurnsByWeightAndEvenly() throws CannotRunException {
    List<Format> cycle = Mix.parse("--mix", "linli=4, frigate=1,zigbee2mqtt=2").cycle();
    assertThat(cycle).hasSize(7);
    assertThat(cycle).filteredOn(Format.LINLI::equals).hasSize(4);
    assertThat(cycle).filteredOn(Format.FRIGATE::equals).hasSize(1);
    for (int i = 1; i < cycle.size(); i++) {
      if (cycle.get(i) != Format.LINLI) {
        assertThat(cycle.get(i - 1)).isNotEqualTo(cycle.get(i));
      }
    }
  }

  @Test
  void leavesOutWhatWeighsNothingAndCountsANameAloneAsOne() throws CannotRunException {
    Mix mix = Mix.parse("--mix", "linli,frigate=0");
    assertThat(mix.formats()).containsExactly(Format.LINLI);
    assertThat(mix.toString()).isEqualTo("linli=1");
  }

  @Test
  void sharesConnectionsOutByWeightAndAtLeastOneToEach() throws CannotRunException {
    Mix mix = Mix.parse("--mix", "linli=8,frigate=1,onvif=1");
    assertThat(mix.share("--connections", 10))
        .containsEntry(Format.LINLI, 8)
        .containsEntry(Format.FRIGATE, 1)
        .containsEntry(Format.ONVIF, 1);
    assertThat(mix.share("--connections", 3)).allSatisfy((format, n) -> assertThat(n).isOne());
    assertThatThrownBy(() -> mix.share("--connections", 2))
        .hasMessageContaining("--connections is 2")
        .hasMessageContaining("at least 3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "linli=1,uniview=2 | no format \"uniview\"; it knows linli, linli-coap",
        "linli=1,linli=2 | names linli twice",
        "linli=-1        | \"linli=-1\": a weight is a whole number from 0 to 1000",
        "linli=1.5       | \"linli=1.5\": a weight",
        "linli=1=2       | \"linli=1=2\": a weight",
        "linli=          | \"linli=\": a weight",
        "linli=1,        | no format \"\"",
        "linli=0         | no weight above 0",
      })
  void saysWhatIsWrongOfTheOption(String text, String sentence) {
    assertThatThrownBy(() -> Mix.parse("--mix", text))
        .isInstanceOf(CannotRunException.class)
        .hasMessageContaining("--mix")
        .hasMessageContaining(sentence);
  }
}
