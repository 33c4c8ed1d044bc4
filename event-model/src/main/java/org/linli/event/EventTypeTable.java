package org.linli.event;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linli.event.EventTypes.Entry;
import org.linli.event.EventTypes.Onset;

/** The table of {@link EventTypes} as read from its file, checked row by row. */
final class EventTypeTable {

  private static final String HEADER = "kind,type,severity,cleared-by,onset,lane";
  private static final String WRONG_HEADER = "the header must be " + HEADER;
  private static final int COLUMNS = 6;
  private static final String ANY = "any";

  private static final Pattern AFTER = Pattern.compile("after (\\d{1,4}[smh])");
  private static final Pattern REPEATED = Pattern.compile("(\\d{1,4}) in (\\d{1,4}[smh])");
  private static final Pattern ABSENT = Pattern.compile("none for (\\d{1,4}[smh])");

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
    Map<Entry, Integer> lineOf = new LinkedHashMap<>();
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
              lineOf.keySet().stream().noneMatch(other -> sameName(other, row)),
              row.type() + " stands twice for this kind");
          lineOf.put(row, i + 1);
        }
      } catch (IllegalArgumentException wrong) {
        throw new IllegalArgumentException(
            name + " line " + (i + 1) + ": " + wrong.getMessage(), wrong);
      }
    }
    if (!header) {
      throw new IllegalArgumentException(name + " line 1: " + WRONG_HEADER);
    }
    List<Entry> rows = List.copyOf(lineOf.keySet());
    lineOf.forEach(
        (row, line) -> {
          try {
            checkLane(row, rows);
          } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(
                name + " line " + line + ": " + wrong.getMessage(), wrong);
          }
        });
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
    return new Entry(
        kind(cells[0]),
        new EventType(cells[1]),
        severity(cells[2]),
        Stream.of(cells[3].split(" "))
            .filter(type -> !type.isEmpty())
            .map(EventType::new)
            .collect(Collectors.toCollection(LinkedHashSet::new)),
        onset(cells[4]),
        lane(cells[5]));
  }

  private static @Nullable Kind kind(String cell) {
    return cell.equals(ANY)
        ? null
        : Kind.ofWireName(cell)
            .orElseThrow(() -> new IllegalArgumentException("kind " + cell + " is unknown"));
  }

  private static @Nullable Severity severity(String cell) {
    if (cell.isEmpty()) {
      return null;
    }
    return Stream.of(Severity.values())
        .filter(severity -> severity.wireName().equals(cell))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("severity " + cell + " is unknown"));
  }

  private static Lane lane(String cell) {
    return Stream.of(Lane.values())
        .filter(lane -> lane.wireName().equals(cell))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("lane " + cell + " is unknown"));
  }

  private static Onset onset(String cell) {
    if (cell.equals("at once")) {
      return new Onset.AtOnce();
    }
    Matcher after = AFTER.matcher(cell);
    if (after.matches()) {
      return new Onset.After(duration(after.group(1)));
    }
    Matcher repeated = REPEATED.matcher(cell);
    if (repeated.matches()) {
      return new Onset.Repeated(Integer.parseInt(repeated.group(1)), duration(repeated.group(2)));
    }
    Matcher absent = ABSENT.matcher(cell);
    if (absent.matches()) {
      return new Onset.Absent(duration(absent.group(1)));
    }
    throw new IllegalArgumentException(
        "onset " + cell + " is none of: at once, after 3m, 5 in 1m, none for 24h");
  }

  private static Duration duration(String text) {
    long amount = Long.parseLong(text.substring(0, text.length() - 1));
    return switch (text.charAt(text.length() - 1)) {
      case 's' -> Duration.of(amount, ChronoUnit.SECONDS);
      case 'm' -> Duration.of(amount, ChronoUnit.MINUTES);
      default -> Duration.of(amount, ChronoUnit.HOURS);
    };
  }

  /** Prevents that an alarm is overtaken by the event that clears it, or waits behind bulk. */
  private static void checkLane(Entry row, List<Entry> rows) {
    boolean grave = row.severity() == Severity.CRITICAL || row.severity() == Severity.MAJOR;
    require(
        !grave || row.onset() instanceof Onset.Absent || row.lane() == Lane.URGENT,
        row.type() + " is " + row.severity() + " and must travel urgent");
    require(
        row.severity() != null || row.clearedBy().isEmpty(),
        row.type() + " opens no alert, so nothing can clear it");
    for (EventType clearing : row.clearedBy()) {
      Entry other =
          rows.stream()
              .filter(one -> one.type().equals(clearing) && one.kind() == row.kind())
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          row.type() + " is cleared by " + clearing + ", which has no row"));
      require(
          other.lane() == row.lane(),
          "%s travels %s, but %s, which clears it, travels %s"
              .formatted(row.type(), row.lane(), clearing, other.lane()));
    }
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
