package org.linli.edge.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Texts that are larger than a limit, for the pictures in them. */
class TextCutterTest {

  private static final int LIMIT = 20_000;
  private static final JsonMapper JSON = new JsonMapper();

  @Property(tries = 500)
  void keepsAllButPicturesWhereverTheyStand(
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 40_000) int first,
      @ForAll @IntRange(min = 0, max = 40_000) int second) {
    Random random = new Random(seed);
    Map<String, Object> said = new LinkedHashMap<>();
    Map<String, Object> inner = new LinkedHashMap<>();
    said.put("plate", "甘B12345");
    said.put("a", picture(random, first));
    inner.put("note", "x \"y\" \\ z ".repeat(random.nextInt(100)));
    inner.put("b", "data:image/jpeg;base64," + picture(random, second));
    inner.put("text", JSON.writeValueAsString(Map.of("c", picture(random, first / 2))));
    said.put("inner", inner);
    said.put("list", random.ints(random.nextInt(300)).toArray());
    byte[] whole = JSON.writeValueAsBytes(said);

    byte[] kept = Objects.requireNonNull(cut(whole, 1 + random.nextInt(9_000)));

    assertThat(kept).hasSizeLessThanOrEqualTo(LIMIT);
    if (whole.length <= LIMIT) {
      assertThat(kept).isEqualTo(whole);
    }
    JsonNode read = JSON.readTree(kept);
    JsonNode was = JSON.readTree(whole);
    assertThat(read.path("plate")).isEqualTo(was.path("plate"));
    assertThat(read.path("list")).isEqualTo(was.path("list"));
    assertThat(read.path("inner").path("note")).isEqualTo(was.path("inner").path("note"));
    isSameOrCut(read.path("a").stringValue(), was.path("a").stringValue(), "");
    isSameOrCut(
        read.path("inner").path("b").stringValue(),
        was.path("inner").path("b").stringValue(),
        "data:image/jpeg;base64,");
    isSameOrCut(
        JSON.readTree(read.path("inner").path("text").stringValue()).path("c").stringValue(),
        JSON.readTree(was.path("inner").path("text").stringValue()).path("c").stringValue(),
        "");
  }

  private static void isSameOrCut(String read, String was, String before) {
    if (!read.equals(was)) {
      assertThat(read).isEqualTo(before + mark(was.length() - before.length()));
    }
  }

  private static String mark(int bytes) {
    return TextCutter.CUT + "%010d".formatted(bytes);
  }

  @Test
  void cutsPicturesOfManyLinesInXmlAndThoseOfForms() {
    byte[] bytes = new byte[60_000];
    new Random(1).nextBytes(bytes);
    String lines = Base64.getMimeEncoder(76, "\n      ".getBytes(UTF_8)).encodeToString(bytes);

    assertThat(cutText("<a><e>fire</e>\n  <p>" + lines + "</p><n>1</n></a>"))
        .matches("<a><e>fire</e>\n  <p>linli-cut-[0-9]+</p><n>1</n></a>");
    assertThat(cutText("e=fire&p=" + "ab%2Bc".repeat(20_000) + "&n=1"))
        .isEqualTo("e=fire&p=linli-cut-0000120000&n=1");
  }

  @Test
  void cutsTheLongestFirst() {
    String one = "A".repeat(12_000);
    String two = "B".repeat(9_000);

    assertThat(cutText(one + "," + two + ",c")).isEqualTo("linli-cut-0000012000," + two + ",c");
    assertThat(cutText(two + "," + one + ",c")).isEqualTo(two + ",linli-cut-0000012000,c");
  }

  @Test
  void cutsNothingThatCouldBeAnythingElse() {
    assertThat(cut("{\"v\":1},".repeat(10_000).getBytes(UTF_8), 4_000)).isNull();
    assertThat(cut("water leak ".repeat(10_000).getBytes(UTF_8), 4_000)).isNull();
    assertThat(cut(new byte[100_000], 4_000)).isNull();
    assertThat(cut(("x".repeat(1_000) + ",").repeat(40).getBytes(UTF_8), 4_000)).isNull();
  }

  @Test
  void keepsTheSignThatABackslashEscapes() {
    assertThat(cutText("\"{\\\"p\\\":\\\"" + "A".repeat(50_000) + "\\\",\\\"n\\\":1}\""))
        .isEqualTo("\"{\\\"p\\\":\\\"linli-cut-0000050000\\\",\\\"n\\\":1}\"");
    assertThat(cutText("A".repeat(50_000) + "\\".repeat(41) + "\"x"))
        .endsWith("0" + "\\".repeat(17) + "\"x");
  }

  private static String picture(Random random, int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static String cutText(String text) {
    return new String(Objects.requireNonNull(cut(text.getBytes(UTF_8), 777)), UTF_8);
  }

  private static byte @Nullable [] cut(byte[] whole, int piece) {
    TextCutter cutter = new TextCutter(whole.clone(), Math.min(piece, whole.length), LIMIT);
    for (int from = piece; from < whole.length; from += piece) {
      cutter.take(whole, from, Math.min(whole.length, from + piece));
    }
    return cutter.whole();
  }
}
