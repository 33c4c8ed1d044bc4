package org.linli.program.yaml;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.linli.program.Closest;

/**
 * Parsers of single values. Each throws IllegalArgumentException with the end of a sentence that
 * begins with the field's name.
 */
public final class Parsers {

  private static final int MAX_QUOTED = 60;

  private Parsers() {}

  /** Returns input that is cut and has no control characters, so that a message can quote it. */
  static String quotable(String written) {
    String visible =
        written.substring(0, Math.min(written.length(), MAX_QUOTED)).replaceAll("\\p{Cntrl}", "?");
    return written.length() <= MAX_QUOTED ? visible : visible + "…";
  }

  /**
   * Returns what a parser throws.
   *
   * @param wanted what to write instead, as a sentence without its beginning
   */
  public static IllegalArgumentException wrong(String written, String wanted) {
    return new IllegalArgumentException("is \"" + quotable(written) + "\"; " + wanted);
  }

  /** Parses the name, as used in files, of one of an enum's constants. */
  public static <E extends Enum<E>> Function<String, E> oneOf(
      E[] constants, Function<E, String> name) {
    List<String> names = Arrays.stream(constants).map(name).toList();
    return text -> {
      int index = names.indexOf(text);
      if (index < 0) {
        throw wrong(
            text, suggestion(text, names) + "write one of " + String.join(", ", names) + ".");
      }
      return constants[index];
    };
  }

  private static String suggestion(String text, List<String> names) {
    @Nullable String closest = Closest.to(text, names);
    return closest == null ? "" : "did you mean " + closest + "? Otherwise ";
  }

  /**
   * Parses a text by a constructor or method that itself says what is wrong, in an
   * IllegalArgumentException without a full stop.
   */
  public static <T> Function<String, T> by(Function<String, T> make) {
    return text -> {
      try {
        return make.apply(text);
      } catch (IllegalArgumentException e) {
        throw wrong(text, e.getMessage() + ".");
      }
    };
  }
}
