package org.linli.sims;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The prose of every Markdown page fits a terminal and a diff. Tables and code are as wide as they
 * have to be, and so is a line that is one piece of code or one address.
 */
class DocsWidthTest {

  private static final Path ROOT = Path.of("..");
  private static final int WIDEST = 120;

  @Test
  void proseIsAtMost120CharactersWide() throws IOException {
    List<String> wide = new ArrayList<>();
    for (Path page : pages()) {
      wide.addAll(wideLines(ROOT.relativize(page).toString(), Files.readString(page)));
    }

    assertThat(wide).as("lines of prose wider than %d: wrap them", WIDEST).isEmpty();
  }

  @Test
  void namesFileAndLine() {
    String wide = "a word ".repeat(20);

    assertThat(wideLines("page.md", "# Page\n\n" + wide + "\n- " + wide))
        .containsExactly("page.md:3: 140 characters", "page.md:4: 142 characters");
  }

  @Test
  void leavesTablesAndCodeAlone() {
    String wide = "a word ".repeat(20);
    String page = "| %1$s |\n\n    %1$s\n\n```sh\n%1$s\n```\n\n- `%1$s`:\n".formatted(wide);

    assertThat(wideLines("page.md", page)).isEmpty();
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    try (Stream<Path> top = Files.list(ROOT);
        Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      Stream.concat(top, docs).filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
    }
    assertThat(pages).hasSizeGreaterThan(50);
    return pages;
  }

  private static List<String> wideLines(String name, String page) {
    List<String> wide = new ArrayList<>();
    boolean fenced = false;
    int number = 0;
    for (String line : page.lines().toList()) {
      number++;
      if (line.strip().startsWith("```")) {
        fenced = !fenced;
      } else if (!fenced && isProse(line) && line.length() > WIDEST && canBeWrapped(line)) {
        wide.add("%s:%d: %d characters".formatted(name, number, line.length()));
      }
    }
    return wide;
  }

  private static boolean isProse(String line) {
    return !line.startsWith("    ") && !line.strip().startsWith("|");
  }

  /** Whether there is a space to break at, behind the mark of a list and outside of code. */
  private static boolean canBeWrapped(String line) {
    String behindMark = line.strip().replaceFirst("^(?:[-*+]|\\d+\\.) ", "");
    return behindMark.replaceAll("`[^`]*`", "`").contains(" ");
  }
}
