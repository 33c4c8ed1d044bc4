package org.linli.edge.profile.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.linli.edge.profile.TestProfiles.events;
import static org.linli.edge.profile.TestProfiles.refusal;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.profile.Changes;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.Profile;
import org.linli.edge.profile.TestProfiles;
import org.linli.event.Value;

/** Parts of a multipart message, and characters other than UTF-8. */
class PayloadTextTest {

  private static final Path FIELD = Path.of("src/test/resources/field");
  private static final String FORM = "multipart/form-data; boundary=B";

  @TempDir Path folder;

  private TestProfiles profiles(String mapping) throws Exception {
    Files.writeString(folder.resolve("m.yml"), mapping);
    MappingFiles files = new MappingFiles(folder, ZoneId.of("Asia/Shanghai"), new Changes());
    return TestProfiles.of(files.read(files.contents()).toArray(Profile[]::new));
  }

  private static String plates(String more) {
    return """
    mappings:
      - name: plates
        kind: parking
    %s    events:
          - type: plate.read
            values: '{"region": data.results[0].region.code}'
    """
        .formatted(more);
  }

  @Test
  void readsOnePartOfAForm() throws Exception {
    byte[] form =
        Files.readAllBytes(FIELD.resolve("35-own-mapping-platerecognizer/hook-multipart.bin"));

    Interpreted read = profiles(plates("    part: json\n")).posted("plates", "gate-1", FORM, form);

    assertThat(events(read).getFirst().values().byName().get("region"))
        .hasToString("Text[text=gb]");
  }

  @Test
  void readsAWholeMessageThatHasNoParts() throws Exception {
    byte[] hook = Files.readAllBytes(FIELD.resolve("35-own-mapping-platerecognizer/hook.json"));

    assertThat(
            events(
                profiles(plates("    part: json\n"))
                    .posted("plates", "gate-1", "application/json", hook)))
        .hasSize(1);
  }

  @Test
  void saysThatAPartMustBeNamed() throws Exception {
    byte[] form =
        Files.readAllBytes(FIELD.resolve("35-own-mapping-platerecognizer/hook-multipart.bin"));

    assertThat(refusal(profiles(plates("")).posted("plates", "gate-1", FORM, form)).detail())
        .contains("name the one to read with part: in the mapping");
  }

  private static final String LINES =
      """
      mappings:
        - name: panel
          kind: environment
          format: text
          charset: %s
          events:
            - type: panel.line
              values: {where: 'words[1]'}
      """;

  @ParameterizedTest
  @CsvSource({"gbk, GBK", "GB2312, GB2312", "gb18030, GB18030", "utf-8, UTF-8"})
  void readsChineseText(String written, String charset) throws Exception {
    byte[] line = "ALARM 3号楼大门".getBytes(Charset.forName(charset));

    assertThat(
            events(profiles(LINES.formatted(written)).posted("panel", "p-1", "text/plain", line))
                .getFirst()
                .values()
                .byName()
                .get("where"))
        .hasToString("Text[text=3号楼大门]");
  }

  @Test
  void readsAnAlarmOfATerminalWhoseNameIsInGbk() throws Exception {
    byte[] line = Files.readAllBytes(FIELD.resolve("36-own-mapping-zkteco/attlog-gbk.txt"));

    assertThat(events(profiles(LINES.formatted("gbk")).posted("panel", "p", "text/plain", line)))
        .hasSize(1);
  }

  /** Of an alarm; a measurement is refused for it. */
  @Test
  void marksWhatIsNotInTheCharactersOfTheMapping() throws Exception {
    byte[] broken = {'A', ' ', (byte) 0xff, (byte) 0xff};
    byte[] gbk = "a 门".getBytes(Charset.forName("GBK"));

    assertThat(marked(LINES.formatted("gbk"), broken))
        .contains("is not GB18030, as the mapping says");
    assertThat(marked(LINES.formatted("utf-8"), gbk))
        .contains("is not UTF-8, and was read as GB 18030", "Text[text=门]");
    assertThat(
            refusal(
                    profiles(LINES.formatted("utf-8").replace("panel.line", "measurement"))
                        .posted("panel", "p", "text/plain", gbk))
                .detail())
        .contains("is not UTF-8, but may be GB 18030 (GBK); send UTF-8");
  }

  /** A device that was updated sends UTF-8 where its mapping still says GBK. */
  @ParameterizedTest
  @ValueSource(strings = {"ALARM 3号楼大门", "ALARM 东门", "ALARM 电", "ALARM 一层东侧烟感"})
  void readsUtf8WhereTheMappingSaysGbk(String line) throws Exception {
    String told = marked(LINES.formatted("gbk"), line.getBytes(StandardCharsets.UTF_8));

    assertThat(told)
        .contains("Text[text=" + line.substring(6) + "]")
        .contains("the text is UTF-8, and not GB18030 as the mapping says");
    assertThat(
            events(
                profiles(LINES.formatted("gbk").replace("panel.line", "measurement"))
                    .posted("panel", "p", "text/plain", line.getBytes(StandardCharsets.UTF_8))))
        .as("a measurement is taken too: all of it could be read")
        .hasSize(1);
  }

  /** The bytes of 隆 in GBK are a character of two bytes in UTF-8 too. */
  @ParameterizedTest
  @ValueSource(strings = {"ALARM 隆", "ALARM 3号楼大门", "ALARM 校长室"})
  void readsGbkAsTheMappingSays(String line) throws Exception {
    assertThat(marked(LINES.formatted("gbk"), line.getBytes(Charset.forName("GBK"))))
        .contains("Text[text=" + line.substring(6) + "]")
        .doesNotContain("defect");
  }

  @Test
  void saysWhyAMappingFindsNothing() throws Exception {
    String rules =
        """
        mappings:
          - name: panel
            kind: environment
            part: jsno
            each: points
            events: [{type: smoke.detected, when: 'state = "alarm"'}]
        """;
    TestProfiles profiles = profiles(rules);
    String form =
        "--B\r\n"
            + "Content-Disposition: form-data; name=\"json\"\r\n\r\n"
            + "{\"points\":[{\"state\":\"x\"}]}\r\n"
            + "--B--";

    assertThat(refusal(posted(profiles, form)).detail())
        .isEqualTo(
            "no when of the mapping panel fits it; with otherwise: it takes the rest too; it has"
                + " no part jsno, so that its first one that is no picture was read");
    assertThat(
            refusal(posted(profiles, form.replace("jsno", "json").replace("points", "p"))).detail())
        .startsWith("each: the mapping panel finds no part in it; it has no part jsno");
    assertThat(
            refusal(
                    profiles.posted(
                        "panel", "p", "", "{\"points\":1}".getBytes(StandardCharsets.UTF_8)))
                .detail())
        .contains(
            "fits it", "it has no parts, so that it was read as a whole and not its part jsno");
    assertThat(refusal(posted(profiles(rules.replace("jsno", "json")), form)).detail())
        .isEqualTo("no when of the mapping panel fits it; with otherwise: it takes the rest too");
  }

  private static Interpreted posted(TestProfiles profiles, String form) {
    return profiles.posted("panel", "p", FORM, form.getBytes(StandardCharsets.UTF_8));
  }

  private String marked(String mapping, byte[] payload) throws Exception {
    return events(profiles(mapping).posted("panel", "p", "text/plain", payload))
        .getFirst()
        .values()
        .toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"big5", "x"})
  void saysWhichCharactersThereAre(String charset) {
    assertThatThrownBy(() -> profiles(LINES.formatted(charset)))
        .hasMessageContaining("charset")
        .hasMessageContaining("write one of utf-8, gb2312, gbk, gb18030, latin-1.");
  }

  @Test
  void readsJsonInGbk() throws Exception {
    String mapping =
        """
        mappings:
          - name: door
            kind: access
            charset: gbk
            events:
              - type: door.opened
                values: {name: name}
        """;
    byte[] json = "{\"name\":\"东门\"}".getBytes(Charset.forName("GBK"));

    assertThat(events(profiles(mapping).posted("door", "d", "", json)).getFirst().values().byName())
        .containsKey("name");
    assertThat(
            events(profiles(mapping.replace("gbk", "utf-8")).posted("door", "d", "", json))
                .getFirst()
                .values()
                .byName())
        .containsEntry("name", new Value.Text("东门"))
        .containsKey("defect");
    assertThat(json).isNotEqualTo("{\"name\":\"东门\"}".getBytes(StandardCharsets.UTF_8));
  }
}
