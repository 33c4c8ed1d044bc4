package org.linli.edge.profile.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.profile.Unreadable;

class JsonMenderTest {

  private final TestFaults faults = new TestFaults();

  private String mended(String document) throws Unreadable {
    return Json.read(document.getBytes(StandardCharsets.UTF_8), faults).toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":007,\"b\":+5,\"c\":-.5,\"d\":1.,\"e\":0x1f}|{\"a\":7,\"b\":5,\"c\":-0.5,\"d\":1,\"e\":31}",
        "{\"a\":True,\"b\":FALSE,\"c\":None}|{\"a\":true,\"b\":false,\"c\":null}",
        "{'a':'it's','b':\"x\"}|{\"a\":\"it's\",\"b\":\"x\"}",
        "{a:on, b : 13:16:00 }|{\"a\":\"on\",\"b\":\"13:16:00\"}",
        "{\"a\":1,\"b\":NaN,\"c\":2}|{\"a\":1,\"c\":2}",
        "{[\"a\":1,\"b\":2],\"c\":3}|{\"c\":3}",
        "{\"a\":[1,NaN,2]}|{\"a\":[1,null,2]}",
        "{\"a\":\"C:\\dir\",\"b\":1}|{\"a\":\"C:\\\\dir\",\"b\":1}",
        "{\"a\":\"D:\\\",\"b\":1}|{\"a\":\"D:\\\\\",\"b\":1}",
        "{\"a\":\"say \"hi\" now\",\"b\":1}|{\"a\":\"say \\\"hi\\\" now\",\"b\":1}",
        "{\"a\":1 \"b\":2}|{\"a\":1,\"b\":2}",
        "{\"a\":{\"b\":1,\"c\":\"2\"|{\"a\":{\"b\":1,\"c\":\"2\"}}",
        "{\"a\":[1,{\"b\":\"x\"|{\"a\":[1,{\"b\":\"x\"}]}",
        "{\"a\":{\"b\":[1,2},\"c\":3}|{\"a\":{\"b\":[1,2]},\"c\":3}",
        "{\"a\":1]}|{\"a\":1}",
        "{\"a\":1}}}|{\"a\":1}",
        "log: {\"a\":1}|{\"a\":1}",
        "`{\"a\":true /* c */,\"b\":1 // c\n,\"c\":0 # c\n}`|{\"a\":true,\"b\":1,\"c\":0}",
        "{a:http://h/x#y,b:1}|{\"a\":\"http://h/x#y\",\"b\":1}",
        "{\"a\":\"x,\"b\":1}|{\"a\":\"x\",\"b\":1}",
        "{\"a\":\"x, \"b\":\"y\",\"c\":1}|{\"a\":\"x\",\"b\":\"y\",\"c\":1}",
        "{\"a\":x\",\"b\":1}|{\"a\":\"x\",\"b\":1}",
        "{a\":1,/b':2,\"c\":\"d\":3}|{\"a\":1,\"b\":2,\"d\":3}",
        "{\"a\":1,0\"b\":2,:\"c\":3}|{\"a\":1,\"b\":2,\"c\":3}",
        "{\"a\tb\u0000\":1,\"c\":2}|{\"ab\":1,\"c\":2}",
        "{\"a\":[\"x\",\"y\",\"b\":1}|{\"a\":[\"x\",\"y\"],\"b\":1}",
        "{\"a\":[[\"x\",\"b\":1}|{\"a\":[[\"x\"]],\"b\":1}",
        "{\"a\":[\"x\",\"y\":3],\"b\":1}|{\"a\":[\"x\"],\"b\":1}",
        "{\"a\":[\"x\":3,\"y\":[4],\"z\"],\"b\":1}|{\"a\":[],\"b\":1}",
        "[{\"a\":[[\"x\",\"y\":3],\"z\":5],\"b\":1}]|[{\"a\":[[\"x\"]],\"b\":1}]",
        "{\"a\":[\"x\",\"y\":{\"k\":[\"u\",\"v\":1],\"w\":2},\"z\":3],\"b\":1}|{\"a\":[\"x\"],\"b\":1}",
      })
  void mends(String document, String json) throws Unreadable {
    assertThat(mended(document)).isEqualTo(json);
    assertThat(faults.malformed).hasSize(1);
    assertThat(faults.notes.size() + faults.values.size() + faults.lost.size()).isPositive();
  }

  /** Two devices whose names differ by a zero are two. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"deviceId\":00123,\"n\":007}|{\"deviceId\":\"00123\",\"n\":7}",
        "{\"dev_eui\":0001,\"card\":[001,01]}|{\"dev_eui\":\"0001\",\"card\":[\"001\",\"01\"]}",
        "{\"cardNo\":0000000001,\"cardCount\":02}|{\"cardNo\":\"0000000001\",\"cardCount\":2}",
        "{\"SN\":0x1F,\"who\":0000012345}|{\"SN\":\"0x1F\",\"who\":\"0000012345\"}",
        "{\"设备编号\":00123,x}|{\"设备编号\":\"00123\"}",
        "{\"valid\":01,\"id\":12}|{\"valid\":1,\"id\":12}",
      })
  void keepsTheZerosOfWhatNamesSomething(String document, String json) throws Unreadable {
    assertThat(mended(document)).isEqualTo(json);
  }

  /** Anything but an alarm may be lost there. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":1,\"smoke\":tr|{\"a\":1}",
        "{\"a\":1,\"smoke\":0|{\"a\":1}",
        "{\"a\":1,\"smoke\":0.0|{\"a\":1}",
        "{\"a\":1,\"smoke\":-00.00|{\"a\":1}",
        "{\"a\":1,\"smoke\":0e|{\"a\":1}",
        "{\"a\":1,\"smoke\":1|{\"a\":1}",
        "{\"a\":1,\"smoke\":-12.5|{\"a\":1}",
        "{\"a\":1,\"smoke\":[1,2|{\"a\":1,\"smoke\":[1]}",
        "{\"a\":1,\"smoke\":\"O|{\"a\":1}",
        "{\"a\":1,\"smoke\"|{\"a\":1}",
        "{\"a\":1,\"smoke\":|{\"a\":1}",
      })
  void takesNothingThatMayHaveGoneOn(String document, String json) throws Unreadable {
    assertThat(mended(document)).isEqualTo(json);
    assertThat(faults.lost).containsExactly("smoke: the message breaks off");
  }

  @Test
  void namesTheValueThatIsLost() throws Unreadable {
    var _ = mended("{\"smoke\":NaN,\"x\":007,}");

    assertThat(faults.values).containsExactly("smoke: NaN is no number in JSON");
    assertThat(faults.notes)
        .containsExactlyInAnyOrder(
            "x: is no value in JSON (3 characters)", "there is a comma too many");
    assertThat(faults.malformed.getFirst()).startsWith("line 1, column ");
  }

  /** What stands where nothing can be, and may have been an alarm. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"smoke:true,\"a\":1}|{\"a\":1}",
        "{\"smoke:true, \"a\":1}|{\"a\":1}",
        "{\"a\":1},\"smoke\":true}|{\"a\":1}",
        "{\"a\":1,\"\\smoke\":true}|{\"a\":1,\"\\\\smoke\":true}",
        "\"smoke\":true,\"b\":{\"a\":1}|{\"a\":1}",
      })
  void namesThePartThatIsLost(String document, String json) throws Unreadable {
    assertThat(mended(document)).isEqualTo(json);
    assertThat(faults.lost).singleElement().asString().contains("smoke");
  }

  /** A bracket that comes only then says that they may stand in the list. */
  @ParameterizedTest
  @ValueSource(strings = {"\"smoke\":1", "\"y\":\"1\",\"smoke\":1", "\"y\":\"smoke alarm\""})
  void leavesOutWhatMayBeTheTextsOfAList(String fields) throws Unreadable {
    assertThat(mended("{\"a\":[\"x\"," + fields + "],\"b\":1}"))
        .isEqualTo("{\"a\":[\"x\"],\"b\":1}");
    assertThat(faults.lost).singleElement().asString().contains("may be a text in a list", "smoke");
  }

  /** What is too deep ends at its brackets, whatever quotes are in it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "'it\"s'",
        "it's",
        "5\"",
        "\"5",
        "\"",
        "'",
        "'5]",
        "\"a]\",\"b[[\"",
        "'a]','[\"[','x\"'",
        "\"a\" 'it\"s]' \"b\"",
        "\"x,\"y\":'",
        "\"a\\\"]\"",
        "{\"k\":'\"'}, {'l':\"'\"}",
      })
  void findsTheEndOfWhatIsTooDeepWhateverQuotesAreInIt(String inner) throws Unreadable {
    String deep = "[".repeat(40) + inner + "]".repeat(40);

    for (String document :
        new String[] {
          "{\"x\":" + deep + ",\"type\":\"smoke.detected\",\"a\":{\"b\":\"c\"}}",
          "{\"x\":" + deep + ",\"type\":\"smoke.detected\",\"y\":" + deep + "}",
        }) {
      assertThat(mended(document)).contains("\"type\":\"smoke.detected\"");
    }
    assertThat(faults.lost)
        .contains("x: is nested deeper than 32 arrays and objects within each other");
  }

  /** The first part of it would be a value that nobody said. */
  @Test
  void takesNoPartOfANumberWithAComma() throws Unreadable {
    assertThat(mended("{\"smoke\":0,7,\"a\":-3,25 ,\"b\":[1,2],\"c\":5,5}"))
        .isEqualTo("{\"b\":[1,2]}");
    assertThat(faults.values)
        .containsExactly(
            "smoke: is no number in JSON: 0,7",
            "a: is no number in JSON: -3,25",
            "c: is no number in JSON: 5,5");
  }

  @Test
  void namesALostStateOfLifeSafetyAfterAnyNumberOfOtherFaults() throws Unreadable {
    StringBuilder document = new StringBuilder("{\"z\":tRUE,");
    for (int i = 0; i < 100; i++) {
      document.append("\"v%d\":NaN,\"n%d\":00%d,".formatted(i, i, i + 1));
    }
    var _ = mended(document + "\"smoke\":NaN,\"v\":nan,\"a\":1,\"b\":");

    assertThat(faults.values).hasSizeLessThan(10).contains("smoke: NaN is no number in JSON");
    assertThat(faults.lost).containsExactly("b: the message breaks off");
    assertThat(faults.notes).hasSizeLessThan(10);
  }

  /** A text that a fault of quotes makes a name is quoted nowhere but beside the message. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"who\",\"Li Lei\",\"a\":1}",
        "{\"who\" \"Li Lei\":NaN,\"a\":1}",
        "{\"who\":\"x,\"Li Lei\":NaN,\"a\":1}",
        "{\"who:\"Li Lei\":NaN,\"a\":1}",
        "{who:Li Lei:NaN,\"a\":1}",
        "{'who':'Li Lei',\"Li Lei\":NaN}",
        "{\"a\":1,\"Li Lei",
        "{\"a\":1,\"Li Lei\"",
        "{\"a\":[\"x\",\"Li Lei\":3],\"b\":1}",
        "{\"a\":[\"x\",\"Li Lei\":\"Lei\",\"b\":NaN],\"b\":1}",
        "{\"a\":1}Li Lei",
        "Li Lei\"{\"a\":1}",
        "{\"a\":1.#Li Lei}",
      })
  void quotesNoTextInWhatAnAlarmSays(String document) throws Unreadable {
    var _ = mended(document);

    assertThat(faults.defects).isNotEmpty().noneMatch(defect -> defect.contains("Lei"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hello", "{", "[", "{]", "OK\r\n", "\"a", "{{{{"})
  void makesNothingOfNothing(String document) {
    assertThatThrownBy(
            () -> {
              String read = mended(document);
              if (read.equals("{}") || read.equals("[]")) {
                throw new Unreadable(
                    org.linli.edge.intake.RefusalReason.NOTHING_IN_IT, "nothing is in it");
              }
            })
        .isInstanceOf(Unreadable.class);
  }

  @Test
  void tellsNothingOfWhatIsInOrder() throws Unreadable {
    assertThat(mended(" {\"a\":\"\\u00e9\\\\\"} \0")).isEqualTo("{\"a\":\"é\\\\\"}");
    assertThat(faults.malformed).isEmpty();
    assertThat(faults.notes).isEmpty();
  }

  /** Each of these is looked at a few times, and not once for each of its signs. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[",
        "{\"a\":",
        "\"",
        "'",
        "\\\"",
        "\"\\\"",
        "/*",
        "//",
        "}",
        "]",
        ",",
        "a:",
        ",\"",
        "\"x\":",
        "0\"x\":",
        "x\":",
        "\"x\":\"y\":",
        "\"x,",
        "\"x, \"x",
        "1,1,",
        "1,1,\"x\"",
        "[\"",
        "[\"x\":",
        "{\"x\":[",
        "\", ",
        ", \"",
        "NaN,",
        "\"x\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
        "\"x\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[['\"",
        "\"x\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\"x,\"y\":],",
        "\"x\":[\"a\":1],",
        "\"x\":[\"a\":{",
      })
  void isAsFastForWhatIsHostile(String part) {
    String document = "{\"a\":NaN," + part.repeat(300_000 / part.length());

    org.junit.jupiter.api.Assertions.assertTimeout(
        Duration.ofSeconds(5),
        () -> {
          try {
            var _ = mended(document);
          } catch (Unreadable refused) {
            assertThat(refused.refusal().detail()).hasSizeLessThan(1_000);
          }
        });
  }

  @Property(tries = 500)
  void readsOrRefusesWhateverItIs(@ForAll String text) {
    TestFaults any = new TestFaults();
    for (String document : new String[] {"{" + text, "{\"a\":\"" + text, "[" + text + "]"}) {
      try {
        var _ = Json.read(document.getBytes(StandardCharsets.UTF_8), any);
      } catch (Unreadable refused) {
        assertThat(refused.refusal().detail()).isNotBlank().hasSizeLessThan(1_000);
      }
    }
  }

  @Test
  void saysWhatIsTooLargeInPlainWords() {
    assertThatThrownBy(() -> Json.read("[".repeat(40).getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(Unreadable.class)
        .hasMessageContaining("has more arrays and objects within each other than are read");
  }

  /** Where it is and what, in words for whoever sent it, and without a word of the message. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{nope}|column 2: a name in double quotes is missing",
        "{\"a\":1,}|column 8: a name in double quotes is missing",
        "{\"a\":1 \"b\":2}|column 8: a comma or a closing brace is missing",
        "[1 2]|column 4: a comma or a closing bracket is missing",
        "{\"a\" 1}|column 6: a colon is missing after a name",
        "{\"a\":}|column 6: a value is missing",
        "{\"a\":nope}|a text has no quotes, or true, false or null is misspelt",
        "{\"a\":NaN}|NaN and infinite numbers are none in JSON",
        "{\"a\":\"x\ty\"}|a control character stands in a text",
        "{\"a\":\"\\d\"}|a backslash stands before a character that needs none",
        "{\"a\":\"\\u00x0\"}|four hexadecimal digits must follow \\u",
        "{\"a\":007}|a number begins with zeros",
        "{\"a\":+7}|a number begins with a plus",
        "{\"a\":1.}|digits are missing before or after the point of a number",
        "{\"a\":1e}|digits are missing in the exponent of a number",
        "{\"a\":-}|a number is not as JSON writes it",
        "{\"a\":[1}|a bracket closes what is not open",
        "{\"a\":1} {|something follows after the end of the message",
        "hello|a text has no quotes, or true, false or null is misspelt",
        "<a/>|a value is missing",
      })
  void saysWhatIsWrongInPlainWords(String document, String words) {
    assertThatThrownBy(() -> Json.read(document.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(Unreadable.class)
        .extracting(refused -> ((Unreadable) refused).refusal().detail())
        .asString()
        .startsWith("line 1, column ")
        .contains(words)
        .doesNotContain("nope", "code", "oken");
  }

  /** Jackson's own settings say nothing to whoever sent the message. */
  @Test
  void saysOnlyWhatIsWrongWithTheMessage() {
    assertThatThrownBy(() -> Json.read("[{\"n\":\"x\"".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(Unreadable.class)
        .extracting(refused -> ((Unreadable) refused).refusal().detail())
        .asString()
        .contains("line 1, column 10: the message breaks off; send it whole")
        .doesNotContain("Source", "REDACTED");
  }
}
