package org.linli.event;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The table of event types that have a meaning to the default rules; the data is {@code
 * event-types.csv} beside it.
 */
public final class EventTypes {

  private EventTypes() {}

  /**
   * One row of the table.
   *
   * @param kind the kind it belongs to; null for a type of any kind
   * @param severity what the default rule opens; null where it opens nothing
   * @param clearedBy the types that clear the alert; empty where only a person does
   * @param onset when the alert opens
   */
  public record Entry(
      @Nullable Kind kind,
      EventType type,
      @Nullable Severity severity,
      Set<EventType> clearedBy,
      Onset onset,
      Lane lane) {}

  /** When a default rule opens its alert. */
  public sealed interface Onset {

    /** With the event. */
    record AtOnce() implements Onset {}

    /** When no clearing event came for so long. */
    record After(Duration duration) implements Onset {}

    /** When {@code count} events came within the duration. */
    record Repeated(int count, Duration within) implements Onset {}

    /** When no such event came for so long. */
    record Absent(Duration duration) implements Onset {}
  }

  /** Every row, in the order of the table. */
  public static List<Entry> all() {
    throw new UnsupportedOperationException();
  }

  /** The row for a type of a kind; empty for a type without a meaning to the default rules. */
  public static Optional<Entry> find(Kind kind, EventType type) {
    throw new UnsupportedOperationException();
  }

  /** Which queue an event travels in; unknown types go {@link Lane#BULK}. */
  public static Lane laneOf(Kind kind, EventType type) {
    throw new UnsupportedOperationException();
  }
}
