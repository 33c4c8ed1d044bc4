package org.linli.rules;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linli.event.EventType;
import org.linli.event.EventTypes;
import org.linli.event.Kind;
import org.linli.event.Lane;
import org.linli.event.TypeTable;

/** Reads the table of {@link DefaultRules} and checks it row by row, against the event types. */
final class DefaultRuleTable {

  private static final String HEADER = "kind,type,severity,cleared-by,onset";

  private static final Pattern AFTER = Pattern.compile("after (\\d{1,4}[smh])");
  private static final Pattern REPEATED = Pattern.compile("(\\d{1,4}) in (\\d{1,4}[smh])");
  private static final Pattern ABSENT = Pattern.compile("none for (\\d{1,4}[smh])");

  private DefaultRuleTable() {}

  /**
   * Reads the table.
   *
   * @param name the file's name, for messages
   * @throws IllegalArgumentException naming the file, the line and the fault
   */
  static List<DefaultRule> parse(String name, List<String> lines) {
    return TypeTable.read(name, HEADER, lines, DefaultRuleTable::row);
  }

  private static DefaultRule row(TypeTable.Key key, List<String> cells) {
    DefaultRule row =
        new DefaultRule(
            key.kind(),
            new Rule(
                key.type(),
                Stream.of(cells.get(3).split(" "))
                    .filter(type -> !type.isEmpty())
                    .map(EventType::new)
                    .collect(Collectors.toCollection(LinkedHashSet::new)),
                onset(cells.get(4))),
            severity(cells.get(2)));
    checkLane(row);
    return row;
  }

  private static Severity severity(String cell) {
    return Stream.of(Severity.values())
        .filter(severity -> severity.wireName().equals(cell))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("severity " + cell + " is unknown"));
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
  private static void checkLane(DefaultRule row) {
    Rule rule = row.rule();
    Lane lane = laneOf(row.kind(), rule.type(), rule.type() + " has no row among the event types");
    boolean grave = row.severity() == Severity.CRITICAL || row.severity() == Severity.MAJOR;
    require(
        !grave || rule.onset() instanceof Onset.Absent || lane == Lane.URGENT,
        rule.type() + " is " + row.severity() + " and must travel urgent");
    for (EventType clearing : rule.clearedBy()) {
      Lane other =
          laneOf(
              row.kind(),
              clearing,
              "%s is cleared by %s, which has no row among the event types"
                  .formatted(rule.type(), clearing));
      require(
          other == lane,
          "%s travels %s, but %s, which clears it, travels %s"
              .formatted(rule.type(), lane, clearing, other));
    }
  }

  private static Lane laneOf(@Nullable Kind kind, EventType type, String otherwise) {
    return EventTypes.all().stream()
        .filter(entry -> entry.type().equals(type) && entry.kind() == kind)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(otherwise))
        .lane();
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
