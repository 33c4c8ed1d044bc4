package org.linli.event;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads a table with a row for each kind and event type, and checks it row by row. A table is text:
 * a header, and rows of cells that are separated by commas, of which the first two are kind and
 * type. Empty lines, and those that begin with {@code #}, are passed over.
 */
public final class TypeTable {

  private static final String ANY = "any";

  private TypeTable() {}

  /**
   * What a row is about.
   *
   * @param kind null for any
   */
  public record Key(@Nullable Kind kind, EventType type) {

    private boolean isOfAnotherKind(Key other) {
      return other.kind() != null && other.kind() != kind && other.type().equals(type);
    }
  }

  /**
   * Reads the rows of a table.
   *
   * @param name the file's name, for messages
   * @param header the names of the columns, separated by commas
   * @param row makes a row of its key and all its cells; throws {@link IllegalArgumentException}
   *     with the fault
   * @throws IllegalArgumentException naming the file, the line and the fault
   */
  public static <R> List<R> read(
      String name, String header, List<String> lines, BiFunction<Key, List<String>, R> row) {
    int columns = cells(header).size();
    String wrongHeader = "the header must be " + header;
    List<R> rows = new ArrayList<>();
    List<Key> keys = new ArrayList<>();
    boolean hasHeader = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      try {
        if (!hasHeader) {
          require(line.equals(header), wrongHeader);
          hasHeader = true;
        } else {
          List<String> cells = cells(line);
          require(
              cells.size() == columns,
              "there are %d cells and not %d".formatted(cells.size(), columns));
          Key key = new Key(kind(cells.get(0)), new EventType(cells.get(1)));
          rows.add(row.apply(key, cells));
          require(!keys.contains(key), key.type() + " stands twice for this kind");
          require(
              key.kind() == null || keys.stream().noneMatch(key::isOfAnotherKind),
              key.type() + " belongs to another kind already");
          keys.add(key);
        }
      } catch (IllegalArgumentException wrong) {
        throw new IllegalArgumentException(
            name + " line " + (i + 1) + ": " + wrong.getMessage(), wrong);
      }
    }
    if (!hasHeader) {
      throw new IllegalArgumentException(name + " line 1: " + wrongHeader);
    }
    return List.copyOf(rows);
  }

  private static List<String> cells(String line) {
    return List.of(line.split(",", -1));
  }

  private static @Nullable Kind kind(String cell) {
    return cell.equals(ANY)
        ? null
        : Kind.ofWireName(cell)
            .orElseThrow(() -> new IllegalArgumentException("kind " + cell + " is unknown"));
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
