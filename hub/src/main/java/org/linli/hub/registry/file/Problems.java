package org.linli.hub.registry.file;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;

/** Collects what is wrong in one file, so that everything can be corrected in one go. */
final class Problems {

  static final int MAX_SHOWN = 20;

  private record Problem(int line, int column, String sentence) {}

  private final List<Problem> found = new ArrayList<>();

  /** Notes a problem of the file as a whole. */
  void add(String what) {
    found.add(new Problem(0, 0, what));
  }

  /**
   * @param field the path to what is wrong, such as {@code devices[3].kind}; empty for none
   * @param what the rest of the sentence
   */
  void add(@Nullable Mark at, String field, String what) {
    String said = field.isEmpty() ? what : field + " " + what;
    if (at == null) {
      add(said);
    } else {
      int line = at.getLine() + 1;
      int column = at.getColumn() + 1;
      found.add(new Problem(line, column, "line %d, column %d: %s".formatted(line, column, said)));
    }
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  List<String> sentences() {
    List<String> sentences =
        new ArrayList<>(
            found.stream()
                .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
                .limit(MAX_SHOWN)
                .map(Problem::sentence)
                .toList());
    if (found.size() > MAX_SHOWN) {
      sentences.add("and " + (found.size() - MAX_SHOWN) + " more.");
    }
    return sentences;
  }
}
