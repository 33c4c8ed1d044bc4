package org.linli.edge.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PacketIdsTest {

  @Test
  void isASetOfTheIdsThatThereAre() {
    Random random = new Random(5);
    PacketIds ids = new PacketIds();
    TreeSet<Integer> expected = new TreeSet<>();
    for (int i = 0; i < 20_000; i++) {
      int id = random.nextInt(65_536);
      if (random.nextInt(10) < (i < 10_000 ? 7 : 2)) {
        assertThat(ids.add(id)).isEqualTo(expected.add(id));
      } else {
        int gone = expected.isEmpty() || random.nextBoolean() ? id : expected.first();
        assertThat(ids.remove(gone)).isEqualTo(expected.remove(gone));
      }
      assertThat(ids.contains(id)).isEqualTo(expected.contains(id));
      assertThat(ids.size()).isEqualTo(expected.size());
    }
    assertThat(ids).hasToString(expected.toString());
    assertThat(new PacketIds(ids)).isEqualTo(ids).hasSameHashCodeAs(ids);
  }

  @Test
  void takesTwoBytesForAnIdAndNothingForNone() {
    PacketIds ids = new PacketIds();
    assertThat(ids.bytes()).isZero();
    for (int id = 1; id <= 1_024; id++) {
      ids.add(id);
    }
    assertThat(ids.bytes()).isEqualTo(2_048);
    for (int id = 1; id <= 1_024; id++) {
      ids.remove(id);
    }
    assertThat(ids.bytes()).isZero();
  }
}
