package org.linli.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClosestTest {

  @ParameterizedTest
  @CsvSource({"prot,port", "adress,address", "porrt,port", "pots,port", "port,port"})
  void findsTheWordThatWasMeant(String typed, String meant) {
    assertThat(Closest.to(typed, List.of("address", "port"))).isEqualTo(meant);
  }

  @ParameterizedTest
  @CsvSource({"prot,port,1", "stor,store,1", "ab,ba,1", "abc,ca,3", "door.frced,door.forced,1"})
  void countsSwappedNeighboursOnce(String one, String other, int edits) {
    assertThat(Closest.edits(one, other)).isEqualTo(edits);
    assertThat(Closest.edits(other, one)).isEqualTo(edits);
  }

  @ParameterizedTest
  @CsvSource({"household", "p"})
  void saysNothingOfWhatIsFar(String typed) {
    assertThat(Closest.to(typed, List.of("address", "port"))).isNull();
  }
}
