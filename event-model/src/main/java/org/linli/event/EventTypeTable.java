package org.linli.event;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linli.event.EventTypes.Entry;

/** The table of {@link EventTypes} as read from its file, checked row by row. */
final class EventTypeTable {

  private static final String HEADER = "kind,type,lane";
  private static final String WRONG_HEADER = "the header must be " + HEADER;
  private static final int COLUMNS = 3;
  private static final String ANY = "any";

  private final List<Entry> rows;
  private final Map<Kind, Map<EventType, Optional<Entry>>> byKind = new EnumMap<>(Kind.class);

  private EventTypeTable(List<Entry> rows) {
    this.rows = List.copyOf(rows);
    for (Kind kind : Kind.values()) {
      // A plain HashMap of ready Optionals: the lookup runs for every event and must not allocate.
      Map<EventType, Optional<Entry>> ofKind = new HashMap<>();
      for (Entry row : rows) {
        if (row.kind() == kind) {
          ofKind.put(row.type(), Optional.of(row));
        } else if (row.kind() == null) {
          ofKind.putIfAbsent(row.type(), Optional.of(row));
        }
      }
      byKind.put(kind, ofKind);
    }
  }

  /**
   * Reads the table.
   *
   * @param name the file's name, for messages
   * @throws IllegalArgumentException naming the file, the line and the fault
   */
  static EventTypeTable parse(String name, List<String> lines) {
    List<Entry> rows = new ArrayList<>();
    boolean header = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      try {
        if (!header) {
          require(line.equals(HEADER), WRONG_HEADER);
          header = true;
        } else {
          Entry row = row(line);
          require(
              rows.stream().noneMatch(other -> sameName(other, row)),
              row.type() + " stands twice for this kind");
          rows.add(row);
        }
      } catch (IllegalArgumentException wrong) {
        throw new IllegalArgumentException(
            name + " line " + (i + 1) + ": " + wrong.getMessage(), wrong);
      }
    }
    if (!header) {
      throw new IllegalArgumentException(name + " line 1: " + WRONG_HEADER);
    }
    return new EventTypeTable(rows);
  }

  List<Entry> rows() {
    return rows;
  }

  Optional<Entry> find(Kind kind, EventType type) {
    Map<EventType, Optional<Entry>> ofKind = byKind.get(kind);
    Optional<Entry> found = ofKind == null ? null : ofKind.get(type);
    return found == null ? Optional.empty() : found;
  }

  private static Entry row(String line) {
    String[] cells = line.split(",", -1);
    require(
        cells.length == COLUMNS, "there are %d cells and not %d".formatted(cells.length, COLUMNS));
    return new Entry(kind(cells[0]), new EventType(cells[1]), lane(cells[2]));
  }

  private static @Nullable Kind kind(String cell) {
    return cell.equals(ANY)
        ? null
        : Kind.ofWireName(cell)
            .orElseThrow(() -> new IllegalArgumentException("kind " + cell + " is unknown"));
  }

  private static Lane lane(String cell) {
    return Stream.of(Lane.values())
        .filter(lane -> lane.wireName().equals(cell))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("lane " + cell + " is unknown"));
  }

  private static boolean sameName(Entry one, Entry other) {
    return one.kind() == other.kind() && one.type().equals(other.type());
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
