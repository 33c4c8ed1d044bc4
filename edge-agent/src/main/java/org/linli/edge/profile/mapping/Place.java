package org.linli.edge.profile.mapping;

import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;

/**
 * A position in a mapping file.
 *
 * @param line from 1
 * @param column from 1
 */
record Place(String file, int line, int column) implements Comparable<Place> {

  static Place of(String file, Node node) {
    return of(file, node.getStartMark());
  }

  static Place of(String file, Mark mark) {
    return new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
  }

  Place right(int characters) {
    return new Place(file, line, column + characters);
  }

  @Override
  public int compareTo(Place other) {
    int byFile = file.compareTo(other.file);
    int byLine = byFile == 0 ? Integer.compare(line, other.line) : byFile;
    return byLine == 0 ? Integer.compare(column, other.column) : byLine;
  }

  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}
