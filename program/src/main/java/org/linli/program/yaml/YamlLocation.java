package org.linli.program.yaml;

import java.util.Comparator;

/**
 * A position in a YAML file.
 *
 * @param file its name for people
 * @param line from 1; 0 for the file as a whole
 * @param column in characters, from 1; 0 for the file as a whole
 */
public record YamlLocation(String file, int line, int column) implements Comparable<YamlLocation> {

  private static final Comparator<YamlLocation> ORDER =
      Comparator.comparing(YamlLocation::file)
          .thenComparingInt(YamlLocation::line)
          .thenComparingInt(YamlLocation::column);

  /** The file as a whole. */
  static YamlLocation whole(String file) {
    return new YamlLocation(file, 0, 0);
  }

  boolean isWhole() {
    return line == 0;
  }

  /** The place that many characters further on the same line. */
  YamlLocation right(int characters) {
    return new YamlLocation(file, line, column + characters);
  }

  @Override
  public int compareTo(YamlLocation other) {
    return ORDER.compare(this, other);
  }

  /** {@code file:line:column}, as compilers write it. */
  @Override
  public String toString() {
    return isWhole() ? file : file + ":" + line + ":" + column;
  }
}
