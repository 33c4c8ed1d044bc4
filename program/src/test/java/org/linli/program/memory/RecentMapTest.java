package org.linli.program.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentMapTest {

  private final RecentMap<String, String> map =
      new RecentMap<>(10_000, (key, value) -> RecentMap.bytes(key) + RecentMap.bytes(value));

  @Test
  void forgetsWhatWasNotUsedForLongestOnceItsBytesAreUsedUp() {
    map.put("first", "a");
    map.put("second", "b");
    for (int i = 0; i < 1_000; i++) {
      map.put("name-" + i, "x");
      assertThat(map.get("first")).isEqualTo("a");
    }
    assertThat(map.get("second")).isNull();
    assertThat(map.get("name-0")).isNull();
    assertThat(map.get("name-999")).isEqualTo("x");
    assertThat(map.size()).isBetween(40, 50);
  }

  @Test
  void countsWhatIsReplacedAndRemovedNoMore() {
    for (int i = 0; i < 1_000; i++) {
      map.put("same", "x".repeat(i));
      assertThat(map.get("same")).hasSize(i);
      map.put("removed", "y".repeat(1_000));
      assertThat(map.remove("removed")).hasSize(1_000);
    }
    map.put("same", "x");
    for (int i = 0; i < 30; i++) {
      map.put("name-" + i, "x");
    }
    assertThat(map.size()).isEqualTo(31);
  }

  @Test
  void keepsNothingThatIsLargerThanItsShare() {
    map.put("small", "x");
    map.put("large", "x".repeat(6_000));
    assertThat(map.size()).isZero();
    map.put("small", "x");
    assertThat(map.get("small")).isEqualTo("x");
  }
}
