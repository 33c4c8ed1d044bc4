package org.linli.event;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.linli.event.EventTypes.Entry;

/** The table of {@link EventTypes} as read from its file, checked row by row. */
final class EventTypeTable {

  private static final String HEADER = "kind,type,lane";

  private final List<Entry> rows;
  private final Map<Kind, Map<EventType, Optional<Entry>>> byKind = new EnumMap<>(Kind.class);

  private EventTypeTable(List<Entry> rows) {
    this.rows = rows;
    for (Kind kind : Kind.values()) {
      // A plain HashMap of ready Optionals: the lookup runs for every event and must not allocate.
      Map<EventType, Optional<Entry>> ofKind = new HashMap<>();
      // Those of other kinds too: a door station with a camera says what a camera says.
      rows.forEach(row -> ofKind.put(row.type(), Optional.of(row)));
      rows.stream()
          .filter(row -> row.kind() == null)
          .forEach(row -> ofKind.put(row.type(), Optional.of(row)));
      rows.stream()
          .filter(row -> row.kind() == kind)
          .forEach(row -> ofKind.put(row.type(), Optional.of(row)));
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
    return new EventTypeTable(
        TypeTable.read(
            name,
            HEADER,
            lines,
            (key, cells) -> new Entry(key.kind(), key.type(), lane(cells.get(2)))));
  }

  List<Entry> rows() {
    return rows;
  }

  Optional<Entry> find(Kind kind, EventType type) {
    Map<EventType, Optional<Entry>> ofKind = byKind.get(kind);
    Optional<Entry> found = ofKind == null ? null : ofKind.get(type);
    return found == null ? Optional.empty() : found;
  }

  private static Lane lane(String cell) {
    return Stream.of(Lane.values())
        .filter(lane -> lane.wireName().equals(cell))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("lane " + cell + " is unknown"));
  }
}
