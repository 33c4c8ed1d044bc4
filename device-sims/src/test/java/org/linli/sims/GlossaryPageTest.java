package org.linli.sims;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The classes at which docs/glossary.md says to start reading are there. */
class GlossaryPageTest {

  private static final Path ROOT = Path.of("..");

  /** The last cell of a row. */
  private static final Pattern WHERE = Pattern.compile("(?m)^\\|.*\\|([^|\n]*)\\|$");

  private static final Pattern TYPE = Pattern.compile("`(\\w+)`");

  @Test
  void everyClassIsThere() throws IOException {
    String page = Files.readString(ROOT.resolve("docs/glossary.md"));
    Set<String> named =
        WHERE
            .matcher(page)
            .results()
            .flatMap(row -> TYPE.matcher(row.group(1)).results())
            .map(type -> type.group(1))
            .collect(Collectors.toUnmodifiableSet());

    assertThat(named).hasSizeGreaterThan(40).isSubsetOf(classes());
  }

  private static Set<String> classes() throws IOException {
    Set<String> names = new HashSet<>();
    try (DirectoryStream<Path> modules = Files.newDirectoryStream(ROOT, Files::isDirectory)) {
      for (Path module : modules) {
        Path main = module.resolve("src/main/java");
        if (Files.isDirectory(main)) {
          try (Stream<Path> files = Files.walk(main)) {
            files
                .map(file -> file.getFileName().toString().replace(".java", ""))
                .forEach(names::add);
          }
        }
      }
    }
    return names;
  }
}
