package org.linli.edge.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** However a picture is written in a text, what stands beside it is kept. */
class PictureWritingsTest {

  private static final int LIMIT = 20_000;
  private static final JsonMapper JSON = new JsonMapper();
  private static final String ALARM = "\"alarm\":\"smoke in flat 4\",\"n\":[1,2.5,300]";

  /** Pictures as values of JSON. */
  private static final Map<String, Function<byte[], String>> IN_JSON =
      Map.ofEntries(
          Map.entry("base64", bytes -> text(base64(bytes))),
          Map.entry(
              "base64 for addresses", bytes -> text(Base64.getUrlEncoder().encodeToString(bytes))),
          Map.entry("a data URL", bytes -> text("data:image/jpeg;base64," + base64(bytes))),
          Map.entry("escaped slashes", bytes -> text(base64(bytes).replace("/", "\\/"))),
          Map.entry("escaped signs", bytes -> text(escaped(base64(bytes)))),
          Map.entry("spaces for plus", bytes -> text(base64(bytes).replace('+', ' '))),
          Map.entry("words", bytes -> text(lines(bytes, 76, " "))),
          Map.entry("lines as escapes", bytes -> text(lines(bytes, 76, "\\r\\n"))),
          Map.entry("short lines as escapes", bytes -> text(lines(bytes, 64, "\\n"))),
          Map.entry("escapes by number", bytes -> text(lines(bytes, 76, "\\u000d\\u000a"))),
          Map.entry("lines as they are", bytes -> text(lines(bytes, 76, "\n"))),
          Map.entry(
              "a Buffer", bytes -> "{\"type\":\"Buffer\",\"data\":" + numbers(bytes, ",") + "}"),
          Map.entry("a Buffer, printed", bytes -> numbers(bytes, ",\n        ")),
          Map.entry("numbers with spaces", bytes -> numbers(bytes, ", ")),
          Map.entry("numbers with a sign", PictureWritingsTest::signed),
          Map.entry("pieces", bytes -> "[" + text(lines(bytes, 76, "\",\"")) + "]"),
          Map.entry(
              "pieces, printed", bytes -> "[" + text(lines(bytes, 64, "\",\n      \"")) + "]"),
          Map.entry("large pieces", bytes -> "[" + text(lines(bytes, 2_000, "\", \"")) + "]"),
          Map.entry("hexadecimal", bytes -> text(HexFormat.of().formatHex(bytes))),
          Map.entry("pairs", bytes -> text(HexFormat.ofDelimiter(" ").formatHex(bytes))),
          Map.entry(
              "pairs with colons",
              bytes -> text(HexFormat.ofDelimiter(":").withUpperCase().formatHex(bytes))),
          Map.entry(
              "pairs of C",
              bytes -> text(HexFormat.ofDelimiter(", ").withPrefix("0x").formatHex(bytes))));

  @Provide
  Arbitrary<String> writings() {
    return Arbitraries.of(IN_JSON.keySet());
  }

  @Property(tries = 1_000)
  void keepsWhatStandsBesideAPictureInJson(
      @ForAll("writings") String writing,
      @ForAll long seed,
      @ForAll @IntRange(min = 15_000, max = 60_000) int size,
      @ForAll @IntRange(min = 1, max = 9_000) int piece,
      @ForAll boolean isNested) {
    String picture = written(writing, seed, size);
    String whole = "{\"a\":%s,%s,\"b\":%s}".formatted(picture, ALARM, picture);
    if (isNested) {
      whole = "{\"text\":" + JSON.writeValueAsString(whole) + "}";
    }

    byte @Nullable [] kept = cut(whole.getBytes(UTF_8), piece);

    assertThat(kept).as(writing).isNotNull();
    assertThat(Objects.requireNonNull(kept)).hasSizeLessThanOrEqualTo(LIMIT);
    JsonNode read = JSON.readTree(mended(writing, new String(kept, UTF_8)));
    JsonNode said =
        isNested ? JSON.readTree(mended(writing, read.path("text").stringValue())) : read;
    assertThat(said.path("alarm").stringValue()).isEqualTo("smoke in flat 4");
    assertThat(said.path("n")).hasSize(3);
  }

  /** JSON allows no line as it is within a text, which some firmware writes all the same. */
  private static String mended(String writing, String text) {
    return writing.equals("lines as they are") ? text.replace("\n", "") : text;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "76|&#10;",
        "76|&#13;&#10;",
        "64|&#xA;",
        "64|&#xD;&#xa;",
        "76|&#10;        ",
        "60|' '",
      })
  void keepsWhatStandsBesideAPictureInXml(int length, String end) {
    byte[] bytes = bytes(1, 60_000);
    String picture = lines(bytes, length, end);
    String whole =
        "<a><x>smoke alarm</x><p>%s</p><!--%s--><n>1</n></a>".formatted(picture, picture);

    String kept = new String(requireCut(whole, 777), UTF_8);

    assertThat(kept)
        .startsWith("<a><x>smoke alarm</x><p>linli-cut-")
        .containsPattern("</p><!--linli-cut-[0-9]{10}.{0,100}--><n>1</n></a>")
        .hasSizeLessThan(500);
  }

  /** What may be an alarm is never taken for a piece of the picture before it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "event=fire\\npicture=%s\\nplace=flat 4",
        "event=fire&picture=%s&place=flat 4",
        "%s smoke alarm in flat 4",
        "%s\\r\\nsmoke\\r\\nalarm",
        "smoke alarm in flat 4 %s",
        "{\"picture\":\"%s\",\"license\":\"A1\",\"smoke\":1}",
        "[\"%s\",\"smoke\",\"alarm\"]",
        "[%s,\"smoke\"]",
        "{\\\"picture\\\":\\\"%s\\\",\\\"smoke\\\":1}",
        "<!--%s--><smoke>1</smoke>",
        "<p>%s</p><smoke>1</smoke>",
        "\"%s\\u70df\\u96fe\"",
        "\"\\u70df\\u96fe%s\"",
      })
  void keepsTheTextAroundIt(String around) {
    String form = around.replace("\\n", "\n").replace("\\r", "\r");
    String whole = form.formatted(base64(bytes(2, 60_000)));

    String kept = new String(requireCut(whole, 1_000), UTF_8);

    assertThat(kept.replaceAll("linli-cut-[0-9]{10}", "%s")).isEqualTo(form);
  }

  /** Texts of numbers, words and names that are no picture stay as they are. */
  @Test
  void cutsNothingElse() {
    for (String text :
        List.of(
            "{\"v\":1},",
            "[1,2],",
            "17000.5,",
            "123456,",
            "water leak ",
            "\"door-1\",\"door-2\",",
            "{\"id\":\"door-1\",\"open\":true},",
            "<v>12</v>",
            "2026-11-23T05:16:00Z ",
            "temperature=21.5\n",
            "烟雾 ")) {
      assertThat(cut(text.repeat(60_000 / text.length()).getBytes(UTF_8), 4_000)).as(text).isNull();
    }
  }

  /** A list of numbers is still one, also with something else in it. */
  @Test
  void leavesAListThatCanBeRead() {
    String numbers =
        IntStream.range(0, 30_000).mapToObj(i -> "" + i % 256).collect(Collectors.joining(","));
    for (String list :
        List.of(
            "[%s]", "[\"x\",%s]", "[%s,\"x\"]", "[1.5,%s,2.5]", "[-1,%s, -1]", "[%s,1234567]")) {
      byte[] kept = requireCut("{\"v\":" + list.formatted(numbers) + ",\"smoke\":1}", 5_000);

      assertThat(JSON.readTree(kept).path("smoke").intValue()).as(list).isEqualTo(1);
      assertThat(JSON.readTree(kept).path("v").isArray()).isTrue();
      assertThat(kept).hasSizeLessThan(100);
    }
  }

  private static String written(String writing, long seed, int size) {
    return Objects.requireNonNull(IN_JSON.get(writing)).apply(bytes(seed, size));
  }

  private static byte[] bytes(long seed, int size) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static String text(String value) {
    return "\"" + value + "\"";
  }

  private static String lines(byte[] bytes, int length, String end) {
    String base64 = base64(bytes);
    List<String> lines = new ArrayList<>();
    for (int from = 0; from < base64.length(); from += length) {
      lines.add(base64.substring(from, Math.min(base64.length(), from + length)));
    }
    return String.join(end, lines);
  }

  private static String escaped(String base64) {
    return base64.replace("+", "\\u002b").replace("=", "\\u003D").replace("/", "\\/");
  }

  private static String numbers(byte[] bytes, String between) {
    return IntStream.range(0, bytes.length)
        .mapToObj(i -> Integer.toString(bytes[i] & 0xff))
        .collect(Collectors.joining(between, "[", "]"));
  }

  private static String signed(byte[] bytes) {
    return IntStream.range(0, bytes.length)
        .mapToObj(i -> Byte.toString(bytes[i]))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static byte[] requireCut(String whole, int piece) {
    return Objects.requireNonNull(cut(whole.getBytes(UTF_8), piece));
  }

  private static byte @Nullable [] cut(byte[] whole, int piece) {
    TextCutter cutter = new TextCutter(whole.clone(), Math.min(piece, whole.length), LIMIT);
    for (int from = piece; from < whole.length; from += piece) {
      cutter.take(whole, from, Math.min(whole.length, from + piece));
    }
    return cutter.whole();
  }
}
