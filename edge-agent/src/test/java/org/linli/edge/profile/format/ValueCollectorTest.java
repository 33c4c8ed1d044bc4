package org.linli.edge.profile.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.linli.edge.profile.Unreadable;
import org.linli.event.Values;

class ValueCollectorTest {

  /** Each of these messages took half a second when every number was tried anew. */
  private static final int MESSAGES = 100;

  private static final Duration LONG_ENOUGH = Duration.ofSeconds(20);

  @Test
  void numbersNamesThatBecomeTheSameOne() throws Unreadable {
    ValueCollector collector = new ValueCollector();
    collector.put("a-3", 1).put("?", 1).put("!", 2).put("#", 3).put("a", 1).put("a", 2).put("a", 3);
    assertThat(collector.first().byName().keySet())
        .containsExactly("a-3", "_", "_-2", "_-3", "a", "a-2", "a-4");
  }

  @Test
  void takesNoLongerForNamesThatAllBecomeTheSameOne() {
    assertTimeoutPreemptively(
        LONG_ENOUGH,
        () -> {
          for (int message = 0; message < MESSAGES; message++) {
            ValueCollector collector = new ValueCollector();
            for (int i = 0; i < ValueCollector.MOST; i++) {
              collector.put("???", i);
            }
            assertThat(collector.inParts().getLast().byName())
                .containsKey("___-" + ValueCollector.MOST);
          }
        });
  }

  @Test
  void takesNoLongerForLongNamesThatDifferOnlyWhereTheirNumberGoes() {
    String stem = "x".repeat(Values.MAX_KEY_LENGTH - 1);
    assertTimeoutPreemptively(
        LONG_ENOUGH,
        () -> {
          for (int message = 0; message < MESSAGES; message++) {
            ValueCollector collector = new ValueCollector();
            for (int i = 0; i < ValueCollector.MOST / 2; i++) {
              String name = stem + (char) (0x4e00 + i);
              collector.put(name, i).put(name, i);
            }
            assertThat(collector.isEmpty()).isFalse();
          }
        });
  }
}
