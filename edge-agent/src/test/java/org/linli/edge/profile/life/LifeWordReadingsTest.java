package org.linli.edge.profile.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Words in other writings, in any bytes, and what looking for them costs. */
class LifeWordReadingsTest {

  private static final Charset GBK = Charset.forName("GBK");

  @ParameterizedTest
  @ValueSource(strings = {"\\u70df\\u96fe", "\\u70DF\\u96FE", "%E7%83%9F%e9%9b%be"})
  void readsEscapes(String text) {
    assertThat(word(("{\"t\":\"" + text + "\"}").getBytes(StandardCharsets.UTF_8))).isEqualTo("烟雾");
  }

  @ParameterizedTest
  @CsvSource({
    "煙霧, Big5",
    "火災, Big5",
    "緊急求助, Big5",
    "瓦斯, Big5",
    "被困, Big5",
    "火災, GBK",
    "烟雾, GB18030",
    "烟雾, UTF-16LE",
    "烟雾, UTF-16BE",
    "电梯困人，请救援, UTF-16LE",
    "电梯困人，请救援, UTF-16BE",
    "{\"smoke\":true}, UTF-16LE",
    "{\"smoke\":true}, UTF-16BE",
    "SOS, UTF-16LE",
    "SOS, UTF-16BE",
    "\uFEFF{\"t\":\"火警\"}, UTF-16LE",
    "\uFEFF{\"t\":\"火警\"}, UTF-16BE",
    "ＳＯＳ, GBK",
  })
  void findsAWordInAnyCharset(String text, String charset) {
    assertThat(word(text.getBytes(Charset.forName(charset)))).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"smoke detected", "{\"smoke\":true}", "有人被困", "SOS now", "%73moke"})
  void findsAWordInAShortTextInBase64(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (String encoded :
        new String[] {
          Base64.getEncoder().encodeToString(bytes),
          Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
          Base64.getEncoder().encodeToString(text.getBytes(GBK))
        }) {
      assertThat(word(encoded.getBytes(StandardCharsets.US_ASCII))).isNotNull();
      assertThat(word(("{\"data\":\"" + encoded + "\"}").getBytes(StandardCharsets.US_ASCII)))
          .isNotNull();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"&#", "&#x7", "%25", "\\\\u0", "\u00A3\uFF33", "QUJD", "AAAAAAAA,", "help", "h\0"})
  void looksAtHostileBytesAFewTimesOnly(String part) {
    byte[] worst = part.repeat(500_000 / part.length()).getBytes(StandardCharsets.ISO_8859_1);
    Instant before = Instant.now();
    var _ = word(worst);
    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void findsAWordDeepInABinary() {
    for (String word : new String[] {"smoke", " SOS ", "被困"}) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.writeBytes(new byte[500_000]);
      out.writeBytes(word.getBytes(GBK));
      out.writeBytes(new byte[500_000]);
      assertThat(word(out.toByteArray())).isEqualToIgnoringCase(word.strip());
    }
  }

  @Test
  void takesNoPictureForACall() {
    Random random = new Random(17);
    byte[] picture = new byte[500_000];
    for (int i = 0; i < 20; i++) {
      random.nextBytes(picture);
      String text = Base64.getEncoder().encodeToString(picture).replaceAll("(?i)smoke", "");
      assertThat(word(text.getBytes(StandardCharsets.US_ASCII))).isNull();
    }
  }

  @Test
  void looksAtEachByteAFewTimesOnly() {
    byte[] worst = "\\u6c42%e6smokgasx".repeat(60_000).getBytes(StandardCharsets.UTF_8);
    Instant before = Instant.now();
    assertThat(word(worst)).isNull();
    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(10));
  }

  private static @Nullable String word(byte[] bytes) {
    LifeWord found = LifeWords.first(bytes);
    return found == null ? null : found.word();
  }
}
