package org.linli.sims;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** README.md and README.zh-CN.md say the same, and what they point to is there. */
class ReadmeTest {

  private static final Path ROOT = Path.of("..");
  private static final String ENGLISH = "README.md";
  private static final String CHINESE = "README.zh-CN.md";
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\n(.*?)^```$");
  private static final Pattern HEADING = Pattern.compile("(?m)^(#+) ");
  private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]+)");
  private static final long LARGEST_PICTURE = 200_000;

  @Test
  void bothHaveTheSameHeadingsInTheSameOrder() throws IOException {
    assertThat(found(HEADING, withoutBlocks(CHINESE)))
        .hasSizeGreaterThan(5)
        .isEqualTo(found(HEADING, withoutBlocks(ENGLISH)));
  }

  @Test
  void bothHaveTheSameCommands() throws IOException {
    assertThat(blocks(CHINESE)).hasSizeGreaterThan(5).isEqualTo(blocks(ENGLISH));
  }

  @Test
  void bothLeadToTheSamePagesAndToEachOther() throws IOException {
    List<String> english = pages(ENGLISH);
    List<String> chinese = pages(CHINESE);

    assertThat(english).contains(CHINESE);
    assertThat(chinese).contains(ENGLISH);
    assertThat(chinese.stream().filter(page -> !page.startsWith("README")))
        .containsExactlyInAnyOrderElementsOf(
            english.stream().filter(page -> !page.startsWith("README")).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {ENGLISH, CHINESE})
  void whatItPointsToIsThere(String readme) throws IOException {
    assertThat(found(LINK, read(readme)))
        .hasSizeGreaterThan(10)
        .allSatisfy(target -> assertThat(ROOT.resolve(target)).exists());
  }

  @ParameterizedTest
  @ValueSource(strings = {ENGLISH, CHINESE})
  void showsOnePictureOfTheConsoleThatIsQuicklyThere(String readme) throws IOException {
    List<String> pictures =
        found(LINK, read(readme)).stream().filter(target -> target.endsWith(".png")).toList();

    assertThat(pictures).hasSize(1);
    assertThat(Files.size(ROOT.resolve(pictures.getFirst()))).isLessThan(LARGEST_PICTURE);
  }

  private static List<String> blocks(String readme) throws IOException {
    return found(BLOCK, read(readme));
  }

  private static List<String> pages(String readme) throws IOException {
    return found(LINK, read(readme)).stream().filter(target -> !target.endsWith(".png")).toList();
  }

  private static String withoutBlocks(String readme) throws IOException {
    return BLOCK.matcher(read(readme)).replaceAll("");
  }

  private static List<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(hit -> hit.group(hit.groupCount())).toList();
  }

  private static String read(String name) throws IOException {
    return Files.readString(ROOT.resolve(name));
  }
}
