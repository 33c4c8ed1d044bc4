package org.linli.edge.profile.wired;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ByNameTest {

  private final List<String> asked = new ArrayList<>();
  private final ByName<Integer> lengths =
      new ByName<>(
          name -> {
            asked.add(name);
            return name.length();
          });

  @Test
  void asksOnceForANameThatComesAgain() {
    for (int i = 0; i < 3; i++) {
      assertThat(lengths.of("water_leak")).isEqualTo(10);
      assertThat(lengths.of("")).isZero();
    }

    assertThat(asked).containsExactly("water_leak", "");
  }

  @Test
  void holdsNoMoreThanItsLimitAndSaysTheSameBeyondIt() {
    for (String name :
        IntStream.range(0, 10 * ByName.MOST).mapToObj(i -> "invented-" + i).toList()) {
      assertThat(lengths.of("water_leak")).isEqualTo(10);
      assertThat(lengths.of(name)).isEqualTo(name.length());
      assertThat(lengths.size()).isLessThanOrEqualTo(ByName.MOST);
    }
  }

  @Test
  void holdsNoLongName() {
    String name = "x".repeat(ByName.LONGEST + 1);
    for (int i = 0; i < 2; i++) {
      assertThat(lengths.of(name)).isEqualTo(name.length());
    }

    assertThat(asked).containsExactly(name, name);
    assertThat(lengths.size()).isZero();
  }
}
