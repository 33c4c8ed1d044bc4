package org.linli.edge.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.linli.edge.profile.life.LifeWordSearch;

/** What is kept of a message of any size that is refused. */
class BeginningTest {

  private static final LifeWordSearch SEARCH = new LifeWordSearch();

  /** Wherever it stands, and however the bytes come. */
  @Property(tries = 100)
  void findsAWordWhereverItStands(
      @ForAll @IntRange(max = 20_000) int before,
      @ForAll @IntRange(min = 1, max = 9_000) int piece) {
    byte[] text =
        ("x ".repeat(before / 2) + "{\"sos\":1}" + " y".repeat(5_000))
            .getBytes(StandardCharsets.UTF_8);

    assertThat(word(text, piece)).isEqualTo("SOS");
  }

  @Property(tries = 100)
  void readsWhatDeniesAWordWhereverItStands(
      @ForAll @IntRange(max = 20_000) int before,
      @ForAll @IntRange(min = 1, max = 9_000) int piece) {
    byte[] text =
        ("x ".repeat(before / 2)
                + "{\"smoke\":false,\"gas_alarm\":\"normal\",\"city\":\"vegas\"}"
                + " y".repeat(5_000))
            .getBytes(StandardCharsets.UTF_8);

    assertThat(word(text, piece)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "smoke, smoke, UTF-8",
    "gas leak, gas, UTF-8",
    "carbon monoxide, carbon monoxide, UTF-8",
    "SOS, SOS, UTF-8",
    "fall, fall, UTF-8",
    "fire, fire, UTF-8",
    "panic, emergency, UTF-8",
    "entrapment, trapped, UTF-8",
    "烟雾, 烟雾, UTF-8",
    "求救, 求救, UTF-8",
    "被困, 被困, GB18030",
    "\\u70df\\u96fe, 烟雾, UTF-8",
    "%E6%B1%82%E6%95%91, 求救, UTF-8",
  })
  void writesAWordSoThatItIsFoundAgain(String written, String word, String charset) {
    byte[] text = ("[1,2],".repeat(9_000) + " " + written + " ").getBytes(Charset.forName(charset));

    assertThat(word(text, 777)).isEqualTo(word);
    byte[] kept = Beginning.of(text, SEARCH);
    assertThat(SEARCH.first(kept, kept.length, 0, kept.length)).isEqualTo(word);
  }

  @Test
  void findsAWordBehindBytesThatFillUp() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(new byte[300_000]);
    bytes.writeBytes("{\"fire\":true}".getBytes(StandardCharsets.US_ASCII));
    bytes.writeBytes(new byte[8]);

    assertThat(word(bytes.toByteArray(), 4_096)).isEqualTo("fire");
  }

  /** Of a hundred pictures of a megabyte. */
  @Test
  void findsNoWordInPictures() {
    Random random = new Random(1);
    int found = 0;
    for (int i = 0; i < 100; i++) {
      byte[] picture = new byte[1 << 20];
      random.nextBytes(picture);
      found += word(picture, 65_536).isEmpty() ? 0 : 1;
    }
    assertThat(found).isLessThanOrEqualTo(2);
  }

  @Test
  void findsNoShortWordInBase64() {
    byte[] picture = new byte[3 << 20];
    new Random(2).nextBytes(picture);

    assertThat(word(Base64.getEncoder().encode(picture), 8_192)).isEmpty();
  }

  @Test
  void keepsTheFirstBytesAsTheyCame() {
    byte[] text = "0123456789".repeat(500).getBytes(StandardCharsets.US_ASCII);

    assertThat(Beginning.of(text, SEARCH)).isEqualTo(Arrays.copyOf(text, Beginning.BYTES));
    assertThat(Beginning.of(new byte[] {1, 2}, SEARCH)).containsExactly(1, 2);
  }

  private static String word(byte[] text, int piece) {
    Beginning beginning = new Beginning(SEARCH);
    for (int from = 0; from < text.length; from += piece) {
      beginning.take(text, from, Math.min(text.length, from + piece));
    }
    byte[] kept = beginning.kept();
    return kept.length <= Beginning.BYTES
        ? ""
        : new String(kept, StandardCharsets.UTF_8).substring(Beginning.BYTES + 1);
  }
}
