package org.linli.hub.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommunitiesCommandTest {

  private static final String EAST =
      """
      community: {id: east, name: {zh: 东, en: East}, zone: Asia/Shanghai}

      grids:
        - {id: grid-1, name: {zh: 一, en: One}, households: 300}

      buildings:
        - {id: b1, grid: grid-1, name: {zh: 楼, en: House}, floors: 6}

      gateways:
        - {id: gateway-1, building: b1}

      devices:
        - {id: door-1, kind: access, building: b1, gateway: gateway-1, name: {zh: 门, en: Door}}

      people:
        - {id: zhou, name: 周, role: supervisor, language: zh}
        - {id: wang, name: 王, role: grid-worker, grids: [grid-1], language: zh}
      """;

  private static final String WEST =
      EAST.replace("id: east", "id: west").replace("gateway-1", "gateway-2");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir Path folder;

  private String file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content).toString();
  }

  private int run(String language, String... arguments) {
    return HubCommands.run(
        InstantSource.system(),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        Map.of("LANG", language),
        arguments);
  }

  private List<String> printed(ByteArrayOutputStream to) {
    return to.toString(StandardCharsets.UTF_8).lines().map(this::withoutFolder).toList();
  }

  private String withoutFolder(String line) {
    return line.replace(folder + "/", "");
  }

  @Test
  void checksFilesThatCanBeUsed() throws IOException {
    file("east.yml", EAST);
    file("west.yml", WEST);
    file("notes.txt", "");

    assertThat(run("C", "communities", "check", folder.toString())).isZero();

    assertThat(printed(out))
        .containsExactly(
            "east (east.yml): grids 1, buildings 1, gateways 1, devices 1, people 2, duty 0",
            "west (west.yml): grids 1, buildings 1, gateways 1, devices 1, people 2, duty 0");
    assertThat(printed(err))
        .containsExactly(
            "notes.txt is passed over: a community file ends in .yml or .yaml and is not hidden.");
  }

  @Test
  void saysEveryMistakeWithFileAndLine() throws IOException {
    assertThat(
            run(
                "zh_CN.UTF-8",
                "communities",
                "check",
                file("east.yml", EAST.replace("floors: 6", "floors: six")),
                file("west.yml", WEST.replace("gateway-2", "gateway-1")),
                folder.resolve("none.yml").toString()))
        .isEqualTo(1);

    assertThat(printed(out)).isEmpty();
    assertThat(printed(err))
        .satisfiesExactly(
            line -> assertThat(line).startsWith("east.yml:7:"),
            line -> assertThat(line).startsWith("none.yml: there is no such file."),
            line -> assertThat(line).startsWith("west.yml:10:10: gateways[1].id is \"gateway-1\""),
            line -> assertThat(line).startsWith("改正以上问题之前"));
  }

  @Test
  void showsWhatIsDifferentAndWhatWouldBeLost() throws IOException {
    String after =
        EAST.replace("en: Door}", "en: Front}")
            .replace("role: supervisor", "role: maintenance")
            .replace(
                "gateways:",
                "  - {id: b2, grid: grid-1, name: {zh: 新, en: N}, floors: 1}\ngateways:");

    assertThat(
            run(
                "C",
                "communities",
                "check",
                file("new.yml", after),
                "--against",
                file("old.yml", EAST)))
        .isEqualTo(4);

    assertThat(printed(out))
        .satisfiesExactly(
            line -> assertThat(line).startsWith("east (new.yml): grids 1, buildings 2"),
            line ->
                assertThat(line)
                    .matches("Difference [0-9a-f]{16}  \\(\\+ new, - gone, ~ changed\\)"),
            line -> assertThat(line).isEqualTo("east"),
            line -> assertThat(line).isEqualTo("  + building b2"),
            line ->
                assertThat(line)
                    .isEqualTo("  ~ device door-1: name {zh: 门, en: Door} → {zh: 门, en: Front}"),
            line -> assertThat(line).isEqualTo("  ~ person zhou: role supervisor → maintenance"),
            line -> assertThat(line).isEqualTo("What a running hub would lose, 1 in all:"),
            line -> assertThat(line).startsWith("  ! community east would have no supervisor"));
  }

  @Test
  void showsItInChinese() throws IOException {
    assertThat(
            run(
                "zh_CN.UTF-8",
                "communities",
                "check",
                file("new.yml", EAST.replace("grid-1", "grid-a")),
                "--against",
                file("old.yml", EAST)))
        .isEqualTo(4);

    assertThat(printed(out))
        .contains(
            "  - 网格 grid-1",
            "  + 网格 grid-a",
            "  ~ 楼栋 b1: grid grid-1 → grid-a",
            "  网格 grid-1 可能改成了 grid-a（社区 east）",
            "运行中的平台会失去以下内容，共 1 项：")
        .last()
        .asString()
        .startsWith("  ! 社区 east：网格 grid-1 不见了");
  }

  @Test
  void saysThatNothingDiffers() throws IOException {
    String written =
        file("old.yml", "# by hand\n" + EAST.replace(" language: zh", " language: \"zh\""));

    assertThat(run("C", "communities", "check", file("new.yml", EAST), "--against", written))
        .isZero();
    assertThat(printed(out)).last().isEqualTo("There is no difference.");
  }

  @Test
  void refusesToCompareWithFilesThatCannotBeUsed() throws IOException {
    assertThat(
            run("C", "communities", "check", file("a.yml", EAST), "--against", file("b.yml", "")))
        .isEqualTo(1);
    assertThat(printed(err).getFirst()).startsWith("b.yml: it is empty");
  }

  @Test
  void exportsTheCanonicalFormInUtf8WhateverTheTerminalShows() throws IOException {
    String written = file("east.yml", "# by hand\n" + EAST.replace("\n\n", "\n"));

    int code =
        HubCommands.run(
            InstantSource.system(),
            new PrintStream(out, true, StandardCharsets.US_ASCII),
            new PrintStream(err, true, StandardCharsets.US_ASCII),
            Map.of("LANG", "C"),
            "communities",
            "export",
            "--from",
            written);

    assertThat(code).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(EAST);
  }

  @Test
  void exportsTheCommunityThatIsAskedFor() throws IOException {
    file("east.yml", EAST);
    file("west.yml", WEST);

    assertThat(run("C", "communities", "export", "--from", folder.toString())).isEqualTo(2);
    assertThat(printed(err))
        .containsExactly(
            "These files have several communities (east, west): say which one, as in: communities"
                + " export --from FOLDER ID");
    assertThat(run("C", "communities", "export", "--from", folder.toString(), "wset")).isEqualTo(2);
    assertThat(printed(err))
        .last()
        .isEqualTo("There is no community wset in these files, only east, west.");
    assertThat(run("C", "communities", "export", "--from", folder.toString(), "west")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(WEST);
  }

  @Test
  void saysThatAnExportIsNotWhole() throws IOException {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int one) throws IOException {
            throw new IOException("no space left");
          }
        };

    int code =
        HubCommands.run(
            InstantSource.system(),
            new PrintStream(full, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Map.of("LANG", "C"),
            "communities",
            "export",
            "--from",
            file("east.yml", EAST));

    assertThat(code).isEqualTo(1);
    assertThat(printed(err)).singleElement().asString().startsWith("The output could not be");
  }

  @ParameterizedTest
  @ValueSource(strings = {"communities", "communities check", "communities export"})
  void explainsEachCommandInBothLanguages(String command) {
    assertThat(run("C", (command + " --help").split(" "))).isZero();
    assertThat(run("zh_CN.UTF-8", (command + " --help").split(" "))).isZero();

    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("Usage: hub.jar " + command, "用法：hub.jar " + command, "show this help and end")
        .contains("显示本说明");
    assertThat(printed(out)).allMatch(line -> line.length() <= 80);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "communities",
        "communities chek",
        "communities check",
        "communities check --agianst a b"
      })
  void refusesWhatItCannotUnderstand(String arguments) {
    assertThat(run("C", arguments.split(" "))).isEqualTo(2);
    assertThat(err.size()).isPositive();
  }

  @Test
  void hasEachTextInBothLanguages() {
    assertThat(Words.in(Locale.CHINESE).areChinese()).isTrue();
    assertThat(Words.in(Locale.ENGLISH).areChinese()).isFalse();
    assertThat(Words.in(Locale.ENGLISH).bundle().keySet())
        .allSatisfy(
            key ->
                assertThat(Words.in(Locale.CHINESE).bundle().getString(key).replaceAll("[^%]", ""))
                    .as(key)
                    .isEqualTo(
                        Words.in(Locale.ENGLISH).bundle().getString(key).replaceAll("[^%]", "")));
    assertThat(Words.in(Locale.CHINESE).bundle().keySet())
        .isEqualTo(Words.in(Locale.ENGLISH).bundle().keySet());
  }

  @Test
  void readsTheOrganisationOfAFolder() throws IOException {
    file(
        "east.yml",
        EAST.replace("households: 300", "households: 301")
            .replace("grid-worker, grids: [grid-1]", "maintenance"));
    String good =
        """
        cities: [{id: c, name: {zh: 市, en: City}}]
        subDistricts: [{id: s, city: c, name: {zh: 街, en: S}, communities: [east]}]
        """;
    file("organisation.yml", good);

    assertThat(run("C", "communities", "check", folder.toString())).isZero();
    assertThat(printed(out))
        .contains(
            "organisation.yml: cities 1, sub-districts 1, departments 0, firms 0",
            "hint: community east, grid grid-1: over 300 households: consider splitting the grid",
            "hint: community east, grid grid-1: no grid worker looks after it");

    String wrong = file("organisation.yml", good.replace("[east]", "[west]"));
    assertThat(run("C", "communities", "check", folder + "/east.yml", wrong)).isEqualTo(1);
    assertThat(printed(err))
        .anyMatch(line -> line.contains("subDistricts[1].communities[1] is \"west\""));
    assertThat(run("C", "communities", "check", wrong)).isEqualTo(1);
    assertThat(printed(err))
        .contains(
            "organisation.yml: it is about communities; name their files, or the folder, with it.");
  }
}
