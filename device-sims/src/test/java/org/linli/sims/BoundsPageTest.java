package org.linli.sims;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/bounds.md names is there. */
class BoundsPageTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern SETTING =
      Pattern.compile("`((?:linli|server|spring)\\.[a-z0-9.-]*[a-z0-9])`");
  private static final Pattern TEST = Pattern.compile("\\b([A-Z][a-z]\\w*(?:Test|IT))\\b");
  private static final Pattern ROW = Pattern.compile("^\\|(.*)\\|$");
  private static final int CELLS = 6;

  private static String page(String name) throws IOException {
    return Files.readString(ROOT.resolve(Path.of("docs", name)));
  }

  private static Set<String> named(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toUnmodifiableSet());
  }

  @Test
  void everySettingIsInTheListOfSettings() throws IOException {
    Set<String> known = named(Pattern.compile("`([a-z0-9.-]+)`"), page("configuration.md"));

    assertThat(named(SETTING, page("bounds.md"))).isNotEmpty().isSubsetOf(known);
  }

  @Test
  void everyTestIsThere() throws IOException {
    Set<String> there;
    try (Stream<Path> files = Files.walk(ROOT)) {
      there =
          files
              .map(file -> String.valueOf(file.getFileName()))
              .filter(name -> name.endsWith(".java"))
              .map(name -> name.substring(0, name.length() - ".java".length()))
              .collect(Collectors.toUnmodifiableSet());
    }

    assertThat(named(TEST, page("bounds.md"))).isNotEmpty().isSubsetOf(there);
  }

  @Test
  void everyRowSaysLimitAndTest() throws IOException {
    List<String> rows =
        page("bounds.md")
            .lines()
            .flatMap(line -> ROW.matcher(line).results())
            .map(MatchResult::group)
            .toList();

    assertThat(rows).isNotEmpty().allSatisfy(row -> assertThat(cells(row)).hasSize(CELLS));
  }

  private static List<String> cells(String row) {
    String inner = row.substring(1, row.length() - 1);
    return List.of(inner.split("(?<!\\\\)\\|", -1));
  }
}
