package org.linli.hub.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.linli.event.Value;
import org.linli.event.Values;

class ValuesJsonTest {

  @Property(tries = 300)
  void anyValuesComeBackAsTheyWere(@ForAll("values") Values values) {
    assertThat(ValuesJson.read(ValuesJson.write(values))).isEqualTo(values);
  }

  @Test
  void tellsWholeNumbersFromRealOnes() {
    Map<String, Value> both = new LinkedHashMap<>();
    both.put("whole", new Value.Whole(95));
    both.put("real", new Value.Real(95));

    assertThat(ValuesJson.write(new Values(both))).isEqualTo("{\"whole\":95,\"real\":95.0}");
  }

  @Test
  void refusesWhatItDidNotWrite() {
    assertThatThrownBy(() -> ValuesJson.read("{\"a\":[1]}"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ValuesJson.read("nonsense"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ValuesJson.read("{\"a\":1"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Provide
  Arbitrary<Values> values() {
    Arbitrary<Value> value =
        Arbitraries.oneOf(
            Arbitraries.longs().map(Value.Whole::new),
            Arbitraries.doubles().filter(Double::isFinite).map(Value.Real::new),
            Arbitraries.of(true, false).map(Value.Truth::new),
            Arbitraries.strings()
                .ofMaxLength(50)
                .filter(ValuesJsonTest::isPaired)
                .map(Value.Text::new));
    Arbitrary<String> name =
        Arbitraries.strings().alpha().numeric().withChars("-_:").ofMinLength(1).ofMaxLength(20);
    return Arbitraries.maps(name, value).ofMaxSize(12).map(Values::new);
  }

  private static boolean isPaired(String text) {
    return text.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF);
  }
}
