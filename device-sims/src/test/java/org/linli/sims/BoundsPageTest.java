package org.linli.sims;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What docs/bounds.md names is there, and what can grow is named in it. */
class BoundsPageTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern SETTING =
      Pattern.compile("`((?:linli|server|spring)\\.[a-z0-9.-]*[a-z0-9])`");
  private static final Pattern TEST = Pattern.compile("\\b([A-Z][a-z]\\w*(?:Test|IT))\\b");
  private static final Pattern ROW = Pattern.compile("^\\|(.*)\\|$");
  private static final int CELLS = 6;

  private static final String FIELDS = "## Which field holds what";
  private static final Pattern FIELD = Pattern.compile("`(\\w+(?:\\.\\w+)+)`");
  private static final Pattern TABLE =
      Pattern.compile("CREATE TABLE (?:IF NOT EXISTS )?(\\w+)|(?:row|shed)Table\\(\"(\\w+)\"\\)");

  /** What a field may end with instead of having a row. */
  private static final Set<String> SHORT =
      Set.of(
          "*a class*",
          "*the start*",
          "*a message*",
          "*a batch*",
          "*a commit*",
          "*a request*",
          "*a reading of a file*",
          "*a connection*");

  private static String page(String name) throws IOException {
    return Files.readString(ROOT.resolve(Path.of("docs", name)));
  }

  /** A table that is made in place of another, and takes its name. */
  private static final Pattern RENAMED = Pattern.compile("ALTER TABLE (\\w+) RENAME TO \\w+");

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
    assertThat(rows(bounds()))
        .isNotEmpty()
        .allSatisfy(row -> assertThat(cells(row)).hasSize(CELLS));
  }

  @ParameterizedTest
  @CsvSource({
    "the gateway, edge-agent",
    "the hub, hub",
    "both programs, event-model program rules",
  })
  void everyFieldThatCanGrowIsNamedWithTheRowThatBoundsIt(String part, String modules)
      throws IOException {
    String fields = section("### Fields of " + part);
    Set<String> growing = new TreeSet<>();
    for (String module : modules.split(" ")) {
      growing.addAll(GrowingFields.below(ROOT.resolve(Path.of(module, "src", "main", "java"))));
    }

    assertThat(named(FIELD, fields))
        .as(
            "fields of %s in docs/bounds.md: bound the new one, give it a row with its limit, and"
                + " name it under that row in '%s'; leave out the one that is gone",
            part, FIELDS)
        .containsExactlyInAnyOrderElementsOf(growing);
  }

  @Test
  void everyRowThatAFieldIsNamedWithIsThere() throws IOException {
    List<String> whats = rows(bounds()).stream().map(row -> cells(row).getFirst().strip()).toList();
    String fields = page("bounds.md").substring(bounds().length());

    assertThat(rows(fields.substring(0, fields.indexOf("### Tables"))))
        .hasSizeGreaterThan(SHORT.size())
        .map(row -> cells(row).getFirst().strip())
        .filteredOn(row -> !row.equals("Row") && !row.startsWith("---") && !SHORT.contains(row))
        .allSatisfy(row -> assertThat(whats).as(row).anyMatch(what -> what.startsWith(row)));
  }

  @Test
  void everyTableIsNamed() throws IOException {
    Set<String> tables = new TreeSet<>();
    for (String module : List.of("edge-agent", "hub")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(Path.of(module, "src", "main")))) {
        for (Path file :
            files.filter(file -> file.toString().matches(".*\\.(java|sql)")).toList()) {
          String text = Files.readString(file);
          TABLE
              .matcher(text)
              .results()
              .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
              .forEach(tables::add);
          RENAMED.matcher(text).results().map(found -> found.group(1)).forEach(tables::remove);
        }
      }
    }

    assertThat(tables).contains("urgent_row", "bulk_shed", "journal", "session", "series");
    assertThat(named(Pattern.compile("`(\\w+)`"), page("bounds.md"))).containsAll(tables);
  }

  /** The page without the lists of fields and tables. */
  private static String bounds() throws IOException {
    String page = page("bounds.md");
    assertThat(page).contains(FIELDS);
    return page.substring(0, page.indexOf(FIELDS));
  }

  private static String section(String heading) throws IOException {
    String page = page("bounds.md");
    assertThat(page).contains(heading + "\n");
    String rest = page.substring(page.indexOf(heading) + heading.length());
    return rest.contains("\n###") ? rest.substring(0, rest.indexOf("\n###")) : rest;
  }

  private static List<String> rows(String text) {
    return text.lines()
        .flatMap(line -> ROW.matcher(line).results())
        .map(MatchResult::group)
        .toList();
  }

  private static List<String> cells(String row) {
    String inner = row.substring(1, row.length() - 1);
    return List.of(inner.split("(?<!\\\\)\\|", -1));
  }
}
