package org.linli.edge.profile.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
  void leavesANameAsItIsIfNothingInItHasToChange() throws Unreadable {
    Random chance = new Random(17);
    String signs = "ab9Z-_:@..... /+#\u0000\ud83d\udd25漏½ß²\n";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder name = new StringBuilder();
      for (int length = chance.nextInt(1, 2 * Values.MAX_KEY_LENGTH); length > 0; length--) {
        name.append(chance.nextInt(4) == 0 ? signs.charAt(chance.nextInt(signs.length())) : 'x');
      }
      String said = name.toString();
      assertThat(new ValueCollector().put(said, 1).first().byName())
          .as(said)
          .containsOnlyKeys(signBySign(said));
    }
  }

  /** The rule, without a thought of speed. */
  private static String signBySign(String name) {
    StringBuilder fitting = new StringBuilder();
    for (char c : name.toCharArray()) {
      boolean isFirst = fitting.isEmpty() || fitting.charAt(fitting.length() - 1) == '.';
      boolean stays = c == '.' ? !isFirst : Character.isLetterOrDigit(c) || "-_:@".indexOf(c) >= 0;
      fitting.append(stays ? c : '_');
    }
    if (fitting.length() <= Values.MAX_KEY_LENGTH) {
      return fitting.toString();
    }
    CRC32C checksum = new CRC32C();
    checksum.update(name.getBytes(StandardCharsets.UTF_8));
    return fitting.substring(0, Values.MAX_KEY_LENGTH - 9)
        + "@"
        + HexFormat.of().toHexDigits((int) checksum.getValue());
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 0", "1, 1, 1", "128, 1, 128", "129, 2, 1", "4095, 32, 127"})
  void tellsValuesInAsManyPartsAsNeeded(int count, int parts, int inLast) throws Unreadable {
    ValueCollector collector = new ValueCollector();
    for (int i = 0; i < count; i++) {
      collector.put("n" + i, i);
    }
    List<Values> all = collector.inParts();
    assertThat(all).hasSize(parts);
    assertThat(all.isEmpty() ? 0 : all.getLast().size()).isEqualTo(inLast);
    assertThat(all.stream().flatMap(part -> part.byName().keySet().stream()))
        .containsExactlyElementsOf(IntStream.range(0, count).mapToObj(i -> "n" + i).toList());
    collector.put("later", 1);
    assertThat(all).allSatisfy(part -> assertThat(part.find("later")).isEmpty());
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
