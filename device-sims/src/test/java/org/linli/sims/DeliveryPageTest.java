package org.linli.sims;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/delivery.md names tests that exist, under each of its promises. */
class DeliveryPageTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT))`");

  @Test
  void namesTestsThatExistUnderEachOfElevenPromises() throws IOException {
    List<String> promises =
        List.of(Files.readString(ROOT.resolve("docs/delivery.md")).split("\n## (?=\\d+\\. )"))
            .stream()
            .skip(1)
            .toList();
    Set<String> existing = tests();

    assertThat(promises).hasSize(11);
    assertThat(promises)
        .allSatisfy(
            promise ->
                assertThat(named(promise)).isNotEmpty().allMatch(existing::contains, "exists"));
  }

  private static List<String> named(String promise) {
    return TEST.matcher(promise).results().map(match -> match.group(1)).toList();
  }

  private static Set<String> tests() throws IOException {
    Set<String> names = new HashSet<>();
    try (DirectoryStream<Path> modules = Files.newDirectoryStream(ROOT, Files::isDirectory)) {
      for (Path module : modules) {
        Path tests = module.resolve("src/test/java");
        if (Files.isDirectory(tests)) {
          try (Stream<Path> files = Files.walk(tests)) {
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
