package org.linli.program.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is true of every YAML file that a person writes for one of the programs. */
class YamlFormTest {

  private static final int MEGABYTE = 1024 * 1024;
  private static final YamlForm FORM =
      new YamlForm(MEGABYTE, List.of("rooms", "names"), "rooms: and a list under it");
  private static final List<String> KEYS =
      List.of("id", "size", "tags", "needed", "topic", "values", "expression");

  private final YamlProblems problems = new YamlProblems();

  private @Nullable YamlFields read(byte[] bytes) {
    return FORM.read("f.yml", bytes, problems);
  }

  private List<YamlFields> rooms(String text) {
    YamlFields top = read(text.getBytes(StandardCharsets.UTF_8));
    return top == null ? List.of() : top.mappings("rooms", true, KEYS);
  }

  private List<String> refused(String text) {
    rooms(text);
    return problems.sentences();
  }

  private static Integer number(String text) {
    if (!text.matches("[0-9]{1,4}")) {
      throw Parsers.wrong(text, "write a number.");
    }
    return Integer.valueOf(text);
  }

  @Test
  void readsTextsListsAndMappings() {
    YamlFields room =
        rooms(
                """
                rooms:
                  - id: 007
                    size: 12
                    tags: [a, b, a]
                    topic: one/+
                    values: {floor: 7, "on": yes}
                    expression: |
                      two
                      lines
                """)
            .getFirst();

    assertThat(room.need("id", Function.identity())).as("no type is guessed").isEqualTo("007");
    assertThat(room.need("size", YamlFormTest::number)).isEqualTo(12);
    assertThat(room.list("tags", Function.identity())).containsExactly("a", "b", "a");
    assertThat(room.list("needed", Function.identity())).isEmpty();
    assertThat(room.oneOrMore("topic", Function.identity())).containsExactly("one/+");
    assertThat(room.oneOrMore("tags", Function.identity())).hasSize(3);
    assertThat(room.isMapping("values")).isTrue();
    assertThat(room.isMapping("topic")).isFalse();
    assertThat(room.entries("values", Function.identity())).hasToString("{floor=7, on=yes}");
    assertThat(room.entries("topic", Function.identity())).isEmpty();
    assertThat(room.may("expression", Function.identity())).isEqualTo("two\nlines\n");
    assertThat(room.may("needed", Function.identity())).isNull();
    assertThat(room.has("needed")).isFalse();
    assertThat(room.place()).hasToString("f.yml:2:5");
    assertThat(problems.isEmpty()).isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                             | it is empty; it needs rooms: and a list under it.
          # a comment                    | it is empty; it needs rooms: and a list under it.
          hello                          | line 1, column 1: the file must be a mapping with the keys rooms, names.
          - rooms                        | line 1, column 1: the file must be a mapping with the keys rooms, names.
          {}                             | line 1, column 1: rooms is missing; add it.
          rooms: a                       | line 1, column 8: rooms must be a list; write it in [ ] or with -.
          rooms:                         | line 1, column 7: rooms must be a list; write it in [ ] or with -.
          rooms: []                      | line 1, column 8: rooms is empty; list at least one.
          rooms: [a]                     | line 1, column 9: rooms[1] must be a mapping with the keys id,
          room: []                       | line 1, column 1: room is not a key that is known here; did you mean rooms? Known keys: rooms, names.
          rooms: [{ids: 1}]              | line 1, column 10: rooms[1].ids is not a key that is known here; did you mean id?
          rooms: [{id: 1, size: 2, id: 3}] | line 1, column 26: rooms[1].id is given twice; keep one.
          {rooms: [{}], rooms: [{}]}     | line 1, column 15: rooms is given twice; keep one.
          rooms: [{? [a] : b}]           | line 1, column 12: rooms[1]. is not a key that is known here;
          rooms: [                       | this is not YAML: expected the node content
          rooms: }                       | line 1, column 8: this is not YAML
          rooms: 'a                      | this is not YAML: found unexpected end of stream.
          rooms: &a [{id: x}]            | line 1, column 8: anchors and aliases (& and *) are not read here; write it out.
          rooms: *a                      | line 1, column 8: anchors and aliases (& and *) are not read here; write it out.
          rooms: [{id: */x}]             | A text that begins with & or * needs quotes.
          rooms: [{<<: *a}]              | anchors and aliases (& and *) are not read here
          rooms: !!java.net.URL [x]      | line 1, column 8: tags (!) are not read here; leave it out.
          rooms: !<%zz> x                | line 1, column 11: this is not YAML: expected URI escape sequence
          rooms: !<%ff> x                | YAML
          rooms: [[[[[[[[[[x]]]]]]]]]]   | line 1, column 17: this is nested too deeply; see the example.
          """)
  void refusesWithPlaceAndWhatToDo(@Nullable String text, String sentence) {
    assertThat(refused(text == null ? "" : text)).first().asString().contains(sentence);
  }

  @Test
  void refusesASecondDocumentATabAndWhatIsNoCharacter() {
    assertThat(refused("rooms: [{id: a}]\n---\nrooms: []\n"))
        .containsExactly("line 2, column 1: a second document starts; keep to one.");
    assertThat(new YamlFormTest().refused("rooms:\n\t- id: a\n"))
        .containsExactly(
            "line 2, column 1: there is a tab where YAML allows only spaces; replace it.");
    assertThat(new YamlFormTest().refused("rooms:\n  - id: 楼\0\n"))
        .containsExactly(
            "line 2, column 10: the character U+0000 is not allowed in YAML; remove it.");
  }

  @Test
  void refusesWhatIsNoText() throws IOException {
    assertThat(read("# a\nrooms: é".getBytes(StandardCharsets.ISO_8859_1))).isNull();
    assertThat(problems.sentences())
        .containsExactly(
            "line 2, column 8: from here on it is not UTF-8 text; save the file as UTF-8.");
    assertThat(problems.sentencesWithFile())
        .containsExactly("f.yml:2:8: from here on it is not UTF-8 text; save the file as UTF-8.");
  }

  @Test
  void saysTheLineOfTextThatIsCutWithinACharacter() throws IOException {
    assertThat(read(Arrays.copyOf("rooms: 楼".getBytes(StandardCharsets.UTF_8), 9))).isNull();
    assertThat(problems.sentences()).singleElement().asString().startsWith("line 1, column 8:");
  }

  @Test
  void readsNoMoreOfAHugeFileThanShowsThatItIsTooLarge() throws IOException {
    byte[] bytes = FORM.bytes(new ByteArrayInputStream(new byte[5 * MEGABYTE]));

    assertThat(bytes).hasSize(MEGABYTE + 1);
    assertThat(read(bytes)).isNull();
    assertThat(problems.sentences())
        .containsExactly("it is larger than 1 MB, the most that is read; is it the right file?");
  }

  @Test
  void acceptsAByteOrderMarkAndCountsItAsNoColumn() {
    assertThat(rooms("\uFEFFrooms: [{id: a}]").getFirst().place()).hasToString("f.yml:1:9");
    assertThat(problems.isEmpty()).isTrue();
  }

  @Test
  void readsNoAliasesThatGrowWithoutBound() {
    StringBuilder laughs =
        new StringBuilder("a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
    for (char name = 'b'; name <= 'z'; name++) {
      String nine = ("*" + (char) (name - 1) + ", ").repeat(9);
      laughs.append("%s: &%s [%s]%n".formatted(name, name, nine.substring(0, nine.length() - 2)));
    }
    assertThat(refused(laughs + "rooms: *z\n"))
        .singleElement()
        .asString()
        .startsWith("line 1, column 4: anchors and aliases (& and *) are not read here");
  }

  /** Each of these is as large as a file may be. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rooms: [|a,",
        "rooms: [|[],",
        "rooms: [|{},",
        "[|[",
        "|{",
        "|- ",
        "|? ",
        "|'",
        "|!",
        "|a: ",
        "rooms: [{|x: y,",
        "rooms: [{values: {|a: b, ",
        "|rooms: []\\n",
      })
  void endsWithAFewSentencesWhateverTheFileIsFullOf(@Nullable String begin, String again) {
    String whole = (begin == null ? "" : begin) + again.replace("\\n", "\n").repeat(MEGABYTE);
    byte[] bytes = whole.substring(0, MEGABYTE).getBytes(StandardCharsets.UTF_8);

    YamlFields top = read(bytes);
    if (top != null) {
      top.mappings("rooms", true, KEYS)
          .forEach(room -> room.entries("values", Function.identity()));
    }

    assertThat(problems.sentences())
        .isNotEmpty()
        .hasSizeLessThanOrEqualTo(YamlProblems.MAX_SHOWN + 1)
        .allSatisfy(sentence -> assertThat(sentence).hasSizeLessThan(300));
  }

  @Test
  void keepsTheFirstTwentyProblemsInTheOrderOfTheFileAndCountsTheRest() {
    for (int line = 30; line > 0; line--) {
      problems.add(new YamlLocation("f.yml", line, 1), "a", "is wrong.");
    }

    List<String> expected = new ArrayList<>();
    for (int line = 1; line <= 20; line++) {
      expected.add("line " + line + ", column 1: a is wrong.");
    }
    expected.add("and 10 more.");
    assertThat(problems.sentences()).isEqualTo(expected);
    assertThat(problems.count()).isEqualTo(30);
    assertThat(problems.sentencesWithFile())
        .startsWith("f.yml:1:1: a is wrong.")
        .endsWith("and 10 more.");
  }

  @Test
  void saysOfEachValueWhatIsWrongWithIt() {
    YamlFields room =
        rooms(
                """
                rooms:
                  - id:
                    size: many
                    tags: [a, b, a]
                    needed: []
                    values: {a: 1, b: x, a: 2, c: ~}
                    expression: "12 + ?"
                """)
            .getFirst();

    assertThat(room.need("id", Function.identity())).isNull();
    assertThat(room.need("size", YamlFormTest::number)).isNull();
    assertThat(room.needList("tags", Function.identity())).isNull();
    assertThat(room.needList("needed", Function.identity())).isNull();
    assertThat(room.need("topic", Function.identity())).isNull();
    assertThat(room.may("tags", Function.identity())).isNull();
    assertThat(room.entries("values", YamlFormTest::number)).containsOnlyKeys("a");
    assertThat(
            room.<String>may(
                "expression",
                text -> {
                  throw new WrongTextException("ends too early.", text.indexOf('?'));
                }))
        .isNull();
    assertThat(problems.sentencesWithFile())
        .containsExactly(
            "f.yml:2:5: rooms[1].topic is missing; add it.",
            "f.yml:2:8: rooms[1].id has no value; give one or leave the key out.",
            "f.yml:3:11: rooms[1].size is \"many\"; write a number.",
            "f.yml:4:11: rooms[1].tags must be a single value.",
            "f.yml:4:18: rooms[1].tags[3] is listed twice; keep one.",
            "f.yml:5:13: rooms[1].needed is empty; list at least one.",
            "f.yml:6:23: rooms[1].values.b is \"x\"; write a number.",
            "f.yml:6:26: rooms[1].values.a is given twice; keep one.",
            "f.yml:6:35: rooms[1].values.c has no value; give one or leave the key out.",
            "f.yml:7:23: rooms[1].expression ends too early.");
  }

  @Test
  void quotesNoMoreOfAValueThanAPersonCanRead() {
    assertThat(refused("rooms: [{\"\\a%s\": 1}]".formatted("x".repeat(500))))
        .singleElement()
        .asString()
        .startsWith("line 1, column 10: rooms[1].?" + "x".repeat(59) + "… is not a key");
  }
}
