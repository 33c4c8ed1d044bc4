package org.linli.program.yaml;

import java.util.Comparator;

/**
 * A position in a YAML file.
 *
 * @param file its name for people
 * @param line from 1; 0 for the file as a whole
 * @param column in characters, from 1; 0 for the file as a whole
 */
public record YamlPlace(String file, int line, int column) implements Comparable<YamlPlace> {

  private static final Comparator<YamlPlace> ORDER =
      Comparator.comparing(YamlPlace::file)
          .thenComparingInt(YamlPlace::line)
          .thenComparingInt(YamlPlace::column);

  /** The file as a whole. */
  static YamlPlace whole(String file) {
    return new YamlPlace(file, 0, 0);
  }

  boolean isWhole() {
    return line == 0;
  }

  /** The place that many characters further on the same line. */
  YamlPlace right(int characters) {
    return new YamlPlace(file, line, column + characters);
  }

  @Override
  public int compareTo(YamlPlace other) {
    return ORDER.compare(this, other);
  }

  /** {@code file:line:column}, as compilers write it. */
  @Override
  public String toString() {
    return isWhole() ? file : file + ":" + line + ":" + column;
  }
}
