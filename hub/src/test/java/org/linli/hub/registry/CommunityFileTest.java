package org.linli.hub.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.linli.event.DeviceId;
import org.linli.event.GatewayId;
import org.linli.event.Kind;
import org.linli.hub.registry.file.RegistryFiles;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Import;

@ExtendWith(OutputCaptureExtension.class)
@Isolated("reads what the whole process prints")
class CommunityFileTest {

  /** Right in every line; the cases change one thing each. */
  private static final String GOOD =
      """
      community: {id: c1, name: {zh: 社区, en: Community}, zone: Asia/Shanghai}
      grids:
        - {id: grid-1, name: {zh: 网格, en: Grid}, households: 300}
      buildings:
        - {id: b1, grid: grid-1, name: {zh: 楼, en: House}, floors: 18}
      gateways:
        - {id: gateway-1, building: b1}
      devices:
        - {id: door-1, kind: access, building: b1, gateway: gateway-1, name: {zh: 门, en: Door}, expectEvery: 10m}
      people:
        - {id: zhou, name: 周建国, role: supervisor, email: zhou@example.org, language: zh}
        - {id: wang, name: 王芳, role: grid-worker, grids: [grid-1]}
      duty:
        - {grid: grid-1, person: wang, days: [mon, sun], from: "19:00", to: "07:00"}
      """;

  @TempDir Path folder;

  private Registry load(String yaml) throws IOException {
    return RegistryFiles.load(Files.writeString(folder.resolve("community.yml"), yaml));
  }

  private void assertRefused(String yaml, String... sentences) {
    assertThatThrownBy(() -> load(yaml))
        .isInstanceOf(CommunityFileException.class)
        .hasMessageContaining(folder.resolve("community.yml").toString())
        .hasMessageContainingAll(sentences);
  }

  @Test
  void readsEveryFieldOfAGoodFile() throws IOException {
    Registry registry = load(GOOD);
    DeviceId door = new DeviceId("door-1");
    assertThat(TestCommunities.only(registry).community().zone())
        .isEqualTo(ZoneId.of("Asia/Shanghai"));
    assertThat(TestCommunities.only(registry).findDevice(door))
        .contains(
            new Device(
                door,
                Kind.ACCESS,
                "b1",
                new GatewayId("gateway-1"),
                new BilingualName("门", "Door"),
                Duration.ofMinutes(10)));
    assertThat(TestCommunities.only(registry).gridOf(door)).map(Grid::id).contains("grid-1");
    assertThat(TestCommunities.only(registry).gridOf(new DeviceId("nobody-knows-me"))).isEmpty();
    assertThat(registry.isKnownGateway(new GatewayId("gateway-1"))).isTrue();
    assertThat(registry.isKnownGateway(new GatewayId("gateway-2"))).isFalse();
    assertThat(TestCommunities.only(registry).people(Role.SUPERVISOR))
        .containsExactly(
            new Person("zhou", "周建国", Role.SUPERVISOR, List.of(), "zhou@example.org", Language.ZH));
    assertThat(TestCommunities.only(registry).people(Role.GRID_WORKER, "grid-1"))
        .extracting(Person::id)
        .containsExactly("wang");
    assertThat(TestCommunities.only(registry).duty())
        .singleElement()
        .satisfies(
            shift -> {
              assertThat(shift.from()).isEqualTo(LocalTime.of(19, 0));
              assertThat(shift.endsOnTheNextDay()).isTrue();
            });
  }

  @Test
  void startsWithTheSampleCommunityWithoutAFile() {
    Registry registry = TestCommunities.sample();
    assertThat(TestCommunities.only(registry).grids())
        .hasSize(3)
        .allSatisfy(grid -> assertThat(grid.households()).isBetween(270, 330));
    assertThat(TestCommunities.only(registry).devices()).hasSizeGreaterThan(100);
    assertThat(TestCommunities.only(registry).devices().stream().map(Device::kind))
        .contains(Kind.values());
  }

  @Test
  void readsTheExampleToBeginWith() {
    Registry registry = RegistryFiles.load(Path.of("../docs/examples/community.yml"));

    // What the README sends by hand with this file has to find its device in it.
    assertThat(TestCommunities.only(registry).gridOf(new DeviceId("door-1")))
        .map(Grid::id)
        .contains("grid-1");
    assertThat(TestCommunities.only(registry).gridOf(new DeviceId("elevator-1-1")))
        .map(Grid::id)
        .contains("grid-1");
    assertThat(registry.isKnownGateway(new GatewayId("gateway-1"))).isTrue();
    assertThat(TestCommunities.only(registry).people(Role.SUPERVISOR)).hasSize(1);
    assertThat(TestCommunities.only(registry).people(Role.GRID_WORKER, "grid-1")).hasSize(2);
  }

  @Test
  void readsTheExampleInTheDocumentation() throws IOException {
    String page = Files.readString(Path.of("../docs/community-file.md"));
    Matcher example = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(page);
    assertThat(example.find()).isTrue();
    assertThat(TestCommunities.only(load(example.group(1))).devices()).hasSize(2);
    String mistaken =
        example.group(1).replaceFirst("kind: access, building: b1", "kind: acces, building: b7");
    List<String> shown =
        page.lines().filter(line -> line.startsWith("      line ")).map(String::strip).toList();
    assertThat(shown).hasSize(2);
    assertRefused(mistaken, shown.toArray(String[]::new));
  }

  @ParameterizedTest(name = "{1} → {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          grid: grid-1,            | gird: grid-1,              | line 5, column 14: buildings[1].gird is not a key that is known here; did you mean grid?
          grid: grid-1,            |                            | line 5, column 5: buildings[1].grid is missing
          gateways:                | gateway:                   | line 6, column 1: gateway is not a key that is known here; did you mean gateways?
          zone: Asia/Shanghai      | zone: Asia/Shangai         | line 1, column 58: community.zone is "Asia/Shangai"; write a zone of the IANA
          zone: Asia/Shanghai      | zone: +08:00               | community.zone is "+08:00"; write a zone
          zone: Asia/Shanghai      | zone: ~                    | community.zone has no value
          households: 300          | households: many           | line 3, column 56: grids[1].households is "many"; write a whole number from 1 to 100000
          households: 300          | households: 0              | grids[1].households is "0"; write a whole number
          households: 300          | households: [300]          | grids[1].households must be a single value
          floors: 18               | floors: 18.5               | buildings[1].floors is "18.5"; write a whole number from 1 to 200
          zh: 楼, en: House        | zh: 楼                     | buildings[1].name.en is missing
          name: {zh: 楼, en: House} | name: House               | buildings[1].name must be a mapping with the keys zh, en
          building: b1}            | building: b2}              | line 7, column 31: gateways[1].building is "b2"; there is no such building (did you mean b1?)
          kind: access             | kind: acces                | devices[1].kind is "acces"; did you mean access?
          kind: access             | kind: toaster              | devices[1].kind is "toaster"; write one of access, camera
          id: door-1               | id: a/b                    | devices[1].id is "a/b"; device id has character U+002F at position 2
          gateway: gateway-1       | gateway: gateway-9         | devices[1].gateway is "gateway-9"; there is no such gateway
          expectEvery: 10m         | expectEvery: 10            | devices[1].expectEvery is "10"; write a number and s, m, h or d
          expectEvery: 10m         | expectEvery: 31d           | devices[1].expectEvery is "31d"; write a number and s, m, h or d
          expectEvery: 10m         | expectEvery: -5m           | devices[1].expectEvery is "-5m"
          role: supervisor         | role: boss                 | people[1].role is "boss"; write one of supervisor, monitoring-room, grid-worker, maintenance
          zhou@example.org         | zhou at example.org        | people[1].email is "zhou at example.org"; write an address
          language: zh             | language: no               | people[1].language is "no"; write one of zh, en
          grids: [grid-1]          | grids: [grid-2]            | line 12, column 53: people[2].grids[1] is "grid-2"; there is no such grid
          grids: [grid-1]          | grids: []                  | people[2].grids is empty
          , grids: [grid-1]        | ``                         | people[2].grids is missing
          id: wang                 | id: zhou                   | line 12, column 10: people[2].id is "zhou"; that id is used twice
          person: wang             | person: wong               | duty[1].person is "wong"; there is no such person (did you mean wang?)
          days: [mon, sun]         | days: [mon, sunday]        | line 14, column 46: duty[1].days[2] is "sunday"; a day is one of mon, tue
          days: [mon, sun]         | days: [mon, mon]           | duty[1].days[2] is listed twice
          days: [mon, sun]         | days: mon                  | duty[1].days must be a list
          from: "19:00"            | from: "24:00"              | duty[1].from is "24:00"; write hours and minutes from "00:00" to "23:59"
          from: "19:00"            | from: 7pm                  | duty[1].from is "7pm"
          to: "07:00"              | to: "24:01"                | duty[1].to is "24:01"; write hours and minutes from "00:00" to "24:00"
          id: c1                   | id: c1, id: c2             | line 1, column 21: community.id is given twice
          id: c1                   | id: 社                     | community.id is "社"; an id has 1 to 64 letters
          id: c1                   | ? [x] : y, id: c1          | is not a key that is known here
          """)
  void refusesOneWrongThingWithItsPlaceAndWhatToDo(String right, String wrong, String sentence) {
    assertThat(GOOD).contains(right);
    assertRefused(GOOD.replace(right, wrong == null ? "" : wrong), sentence);
  }

  @Test
  void refusesDutyOfAGridWorkerInSomebodyElsesGrid() {
    assertRefused(
        GOOD.replace(
                "households: 300}",
                "households: 300}\n  - {id: grid-2, name: {zh: 网, en: G}, households: 9}")
            .replace("{grid: grid-1, person", "{grid: grid-2, person"),
        "duty[1].person is wang, whose grids are grid-1; add grid-2 to them");
  }

  @Test
  void namesAllProblemsInTheOrderOfTheFileUpToTwenty() {
    String yaml =
        GOOD.replace("zone: Asia/Shanghai", "zone: Mars")
            .replace("floors: 18", "floors: no")
            .replace("kind: access", "kind: x");
    assertThatThrownBy(() -> load(yaml))
        .message()
        .containsSubsequence("line 1,", "line 5,", "line 9,");
    StringBuilder many = new StringBuilder(GOOD.replaceFirst("(?s)people:.*", ""));
    many.append("people:\n");
    for (int i = 0; i < 30; i++) {
      many.append("  - {id: p").append(i).append(", name: 某人, role: poet}\n");
    }
    assertThatThrownBy(() -> load(many.toString()))
        .message()
        .contains("people[20].role", "and 10 more.")
        .doesNotContain("people[21].role");
  }

  @Test
  void refusesWhatIsNotACommunityAtAll() throws IOException {
    assertRefused("", "it is empty");
    assertRefused("# only a comment\n", "it is empty");
    assertRefused("hello", "line 1, column 1: the file must be a mapping with the keys community");
    assertRefused("- a\n- b\n", "the file must be a mapping");
    assertRefused("community: {id: c1\n", "this is not YAML");
    assertRefused("community:\n\tid: c1\n", "line 2, column 1: there is a tab where YAML allows");
    assertRefused(GOOD + "---\na: b\n", "line 15, column 1: a second document starts");
    assertRefused("{}", "community is missing", "grids is missing", "buildings is missing");
    assertRefused("[".repeat(1_000_000), "line 1, column 11: this is nested too deeply");
    Path latin = folder.resolve("community.yml");
    Files.write(latin, "community: é".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> RegistryFiles.load(latin))
        .hasMessageContaining("line 1, column 12: from here on it is not UTF-8 text");
    Files.write(latin, new byte[9 * 1024 * 1024]);
    assertThatThrownBy(() -> RegistryFiles.load(latin))
        .hasMessageContaining("it is larger than 8 MB");
    Path none = folder.resolve("none.yml");
    assertThatThrownBy(() -> RegistryFiles.load(none))
        .hasMessage("The community file %s cannot be used: there is no such file.", none);
  }

  @Test
  void readsAFolderWithAFileOfEachCommunity() throws IOException {
    Path files = TestCommunities.twoIn(folder);
    Files.writeString(files.resolve(".draft.yml"), "not read");

    assertThat(RegistryFiles.load(files).communities())
        .extracting(community -> community.id().value())
        .containsExactly("east", "west");

    Files.copy(files.resolve("east.yml"), files.resolve("copy.yml"));
    assertThatThrownBy(() -> RegistryFiles.load(files))
        .isInstanceOf(CommunityFileException.class)
        .hasMessageContainingAll("copy.yml:1:", "east.yml:1:", "is the same community");
  }

  @Test
  void refusesAFolderWithoutCommunityFiles() throws IOException {
    Files.writeString(folder.resolve(".hidden.yml"), "not read");
    assertThatThrownBy(() -> RegistryFiles.load(folder))
        .isInstanceOf(CommunityFileException.class)
        .hasMessageContaining("no file in this folder ends in .yml or .yaml; put a file of each");
  }

  @Test
  void readsNoAliasesThatCouldGrowWithoutBound() {
    assertRefused(
        """
        a: &a [x, x, x, x, x, x, x, x, x]
        b: &b [*a, *a, *a, *a, *a, *a, *a]
        c: &c [*b, *b, *b, *b, *b, *b, *b]
        """,
        "line 1, column 4: anchors and aliases (& and *) are not read here; write it out.");
    assertRefused("community: !!java.net.URL [\"http://example.org\"]", "tags (!) are not read");
  }

  @Test
  void acceptsAByteOrderMark() throws IOException {
    assertThat(TestCommunities.only(load("\uFEFF" + GOOD)).devices()).hasSize(1);
  }

  @EnableConfigurationProperties(RegistrySettings.class)
  @Import(RegistryConfiguration.class)
  static class OnlyTheRegistry {}

  @Test
  void tellsWhoeverStartsTheHubInWordsAndWithoutAStackTrace(CapturedOutput output)
      throws IOException {
    Path file =
        Files.writeString(folder.resolve("broken.yml"), GOOD.replace("grid: grid-1,", "gird: g,"));
    SpringApplication hub = new SpringApplication(OnlyTheRegistry.class);
    hub.setWebApplicationType(WebApplicationType.NONE);
    assertThatThrownBy(() -> hub.run("--linli.community-file=" + file))
        .hasRootCauseInstanceOf(CommunityFileException.class);
    assertThat(output)
        .contains("The community file " + file + " cannot be used:")
        .contains("line 5, column 14: buildings[1].gird")
        .contains("Correct the file and start again")
        .doesNotContain("\tat org.linli");
  }
}
