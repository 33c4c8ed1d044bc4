package org.linli.hub.registry.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommunityFilesTest {

  private static final String EAST =
      """
      community: {id: east, name: {zh: 东, en: East}, zone: Asia/Shanghai}
      grids: [{id: grid-1, name: {zh: 一, en: One}, households: 300}]
      buildings: [{id: b1, grid: grid-1, name: {zh: 楼, en: House}, floors: 6}]
      gateways: [{id: gateway-1, building: b1}]
      """;

  private static final String WEST =
      EAST.replace("id: east", "id: west").replace("gateway-1", "gateway-2");

  @TempDir Path folder;

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private List<String> problems(Path... paths) {
    CommunityFile content = CommunityFiles.read(List.of(paths)).content();
    assertThat(content).isInstanceOf(CommunityFile.Refused.class);
    return ((CommunityFile.Refused) content)
        .problems().stream().map(problem -> problem.replace(folder + "/", "")).toList();
  }

  @Test
  void readsAFolderInTheOrderOfNamesAndPassesOverWhatElseIsThere() throws IOException {
    file("b.yaml", EAST);
    file("a.yml", WEST);
    file("notes.txt", "-");
    file(".hidden.yml", "-");
    file("a.yml~", "-");
    Files.createDirectory(folder.resolve("old.yml"));

    CommunityFiles files = CommunityFiles.read(List.of(folder));

    assertThat(((CommunityFile.Read) files.content()).plans())
        .extracting(plan -> plan.community().id().value())
        .containsExactly("west", "east");
    assertThat(files.names())
        .containsExactly(folder.resolve("a.yml").toString(), folder.resolve("b.yaml").toString());
    assertThat(files.passedOver())
        .containsExactly(
            folder.resolve(".hidden.yml").toString(),
            folder.resolve("a.yml~").toString(),
            folder.resolve("notes.txt").toString(),
            folder.resolve("old.yml").toString());
  }

  @Test
  void readsAFileOnceThatIsNamedTwice() throws IOException {
    Path east = file("east.yml", EAST);
    Files.createSymbolicLink(folder.resolve("same.yml"), east);

    assertThat(CommunityFiles.read(List.of(east, folder, folder.resolve("./east.yml"))).names())
        .containsExactly(east.toString());
  }

  @Test
  void saysBothPlacesOfOneCommunityAndOfOneGateway() throws IOException {
    assertThat(problems(file("a.yml", EAST), file("b.yml", EAST)))
        .containsExactly(
            "b.yml:1:17: community.id is \"east\"; a.yml:1:12 is the same community; give each its"
                + " own id, or remove one of the files.",
            "b.yml:4:17: gateways[1].id is \"gateway-1\"; a.yml:4:12 has it too; a gateway is in"
                + " one community, so remove it there or give it another id.");
  }

  @Test
  void saysWhatIsWrongWithEachFileAndWhere() throws IOException {
    file("a.yml", "");
    file("b.yml", EAST.replace("floors: 6", "floors: six"));
    file("c.yml", WEST.replace("gateways:", "gateway:"));

    assertThat(problems(folder))
        .satisfiesExactly(
            first -> assertThat(first).startsWith("a.yml: it is empty; it needs"),
            second -> assertThat(second).startsWith("b.yml:3:70: buildings[1].floors is \"six\""),
            third -> assertThat(third).startsWith("c.yml:4:1: gateway is not a key"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a: &a [x, x]                      | a.yml:1:4: anchors and aliases (& and *) are not read here
          a: *a                             | a.yml:1:4: anchors and aliases (& and *) are not read here
          [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[  | a.yml:1:11: this is nested too deeply
          community: !!java.net.URL [x]     | a.yml:1:12: tags (!) are not read here
          """)
  void refusesWhatCouldGrow(String content, String sentence) throws IOException {
    assertThat(problems(file("a.yml", content))).singleElement().asString().startsWith(sentence);
  }

  @Test
  void saysTheLineFromWhichAFileIsNotUtf8() throws IOException {
    Path gbk = folder.resolve("gbk.yml");
    Files.write(gbk, EAST.getBytes("GBK"));

    assertThat(problems(gbk))
        .containsExactly(
            "gbk.yml:1:34: from here on it is not UTF-8 text; save the file as UTF-8.");
  }

  @Test
  void readsNoMoreOfAHugeFileThanItMust() throws IOException {
    Path huge = folder.resolve("huge.yml");
    try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
      file.setLength(100L * 1024 * 1024 * 1024);
    }

    assertThat(problems(huge))
        .containsExactly(
            "huge.yml: it is larger than 8 MB, the most that is read; is it the right file?");
  }

  @Test
  void stopsWhereFilesAreTooManyTogether() throws IOException {
    for (int i = 0; i <= CommunityFiles.MAX_FILES; i++) {
      Files.createFile(folder.resolve(i + ".yml"));
    }

    assertThat(problems(folder))
        .singleElement()
        .asString()
        .contains(
            "with it there are more than 1000 files or 64 MB, the most that is read together");
  }

  @Test
  void namesWhatIsNotThere() throws IOException {
    Path loop = folder.resolve("loop.yml");
    Files.createSymbolicLink(loop, folder.resolve("back.yml"));
    Files.createSymbolicLink(folder.resolve("back.yml"), loop);
    Path dangling = folder.resolve("dangling.yml");
    Files.createSymbolicLink(dangling, folder.resolve("gone.yml"));
    Path empty = Files.createDirectory(folder.resolve("empty"));

    assertThat(problems(folder.resolve("none.yml")))
        .containsExactly("none.yml: there is no such file.");
    assertThat(problems(loop))
        .singleElement()
        .asString()
        .startsWith("loop.yml: it is a symbolic link that leads to no file (")
        .endsWith("); correct the link.");
    assertThat(problems(dangling))
        .singleElement()
        .asString()
        .startsWith("dangling.yml: it is a symbolic link that leads to no file (there is no");
    assertThat(problems(empty))
        .containsExactly(
            "empty: no file in this folder ends in .yml or .yaml; put a file of each community"
                + " there.");
    assertThat(problems(folder)).hasSize(3);
  }

  @Test
  void doesNotWaitForWhatIsNoFile() {
    assertThat(problems(Path.of("/dev/zero")))
        .containsExactly("/dev/zero: it is neither a file nor a folder.");
  }

  @Test
  void namesAFileThatItMayNotRead() throws IOException {
    assumeFalse("root".equals(System.getProperty("user.name")), "root may read everything");
    Path closed = file("closed.yml", EAST);
    assertThat(closed.toFile().setReadable(false)).isTrue();

    assertThat(problems(closed))
        .containsExactly(
            "closed.yml: this user may not read it; change its owner or its permissions.");
  }

  @Test
  void tellsMoreProblemsThanTheStartOfAHub() throws IOException {
    StringBuilder many = new StringBuilder(EAST + "people:\n");
    for (int i = 0; i < 50; i++) {
      many.append("  - {id: p").append(i).append(", name: 某人, role: poet}\n");
    }

    assertThat(problems(file("a.yml", many.toString()))).hasSize(50);
  }

  @Test
  void readsAFolderByItsLink() throws IOException {
    Path link = folder.resolve("link");
    Files.createSymbolicLink(link, Files.createDirectory(folder.resolve("real")));
    Files.write(link.resolve("a.yml"), EAST.getBytes(StandardCharsets.UTF_8));

    assertThat(CommunityFiles.read(List.of(link)).names())
        .containsExactly(link.resolve("a.yml").toString());
  }
}
