package org.linli.sims;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What "Where to begin reading" in CONTRIBUTING.md names is there: packages, classes, methods. */
class BeginReadingTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern SECTION =
      Pattern.compile("(?ms)^## Where to begin reading$(.*?)^## ");
  private static final Pattern PACKAGE = Pattern.compile("`((?:edge|hub)(?:\\.[a-z]+)+)`");
  private static final Pattern CLASS = Pattern.compile("`([A-Z]\\w+)(?:\\.([a-z]\\w*))?`");

  @Test
  void everyPackageClassAndMethodIsThere() throws IOException {
    String section = section();
    List<Path> files = sources();

    List<MatchResult> packages = found(PACKAGE, section);
    List<MatchResult> classes = found(CLASS, section);
    assertThat(packages).hasSizeGreaterThan(4);
    assertThat(classes).hasSizeGreaterThan(15);
    assertThat(packages.stream().filter(one -> files.stream().noneMatch(file -> isIn(one, file))))
        .extracting(MatchResult::group)
        .as("packages that are not there")
        .isEmpty();
    assertThat(classes.stream().filter(one -> files.stream().noneMatch(file -> has(one, file))))
        .extracting(MatchResult::group)
        .as("classes or methods that are not there")
        .isEmpty();
  }

  private static boolean isIn(MatchResult named, Path file) {
    return file.toString().contains("/org/linli/" + named.group(1).replace('.', '/') + "/");
  }

  private static boolean has(MatchResult named, Path file) {
    String method = named.group(2);
    return file.endsWith(named.group(1) + ".java")
        && (method == null
            || Pattern.compile("[\\w>] " + method + "\\(").matcher(read(file)).find());
  }

  private static List<MatchResult> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().toList();
  }

  private static String section() throws IOException {
    var section = SECTION.matcher(Files.readString(ROOT.resolve("CONTRIBUTING.md")));
    assertThat(section.find()).as("the section").isTrue();
    return section.group(1);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>();
    try (DirectoryStream<Path> modules = Files.newDirectoryStream(ROOT, Files::isDirectory)) {
      for (Path module : modules) {
        Path src = module.resolve("src");
        if (Files.isDirectory(src)) {
          try (Stream<Path> files = Files.walk(src)) {
            files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
          }
        }
      }
    }
    return sources;
  }
}
