package org.linli.event;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The table of event types that have a meaning to Linli. The data is {@code event-types.csv} beside
 * this class.
 */
public final class EventTypes {

  private static final String FILE = "event-types.csv";
  private static final EventTypeTable TABLE = load();

  private EventTypes() {}

  /**
   * One row of the table.
   *
   * @param kind the kind it belongs to, and no other; null for a type of any kind
   */
  public record Entry(@Nullable Kind kind, EventType type, Lane lane) {}

  /** Every row, in the order of the table. */
  public static List<Entry> all() {
    return TABLE.rows();
  }

  /**
   * The row for a type that a device of this kind states; empty when the type is not in the table.
   * A type keeps its meaning at a device of another kind: a device may be two things.
   */
  public static Optional<Entry> find(Kind kind, EventType type) {
    return TABLE.find(kind, type);
  }

  /** The queue an event travels in; {@link Lane#BULK} for unknown types. */
  public static Lane laneOf(Kind kind, EventType type) {
    Optional<Entry> entry = TABLE.find(kind, type);
    return entry.isPresent() ? entry.get().lane() : Lane.BULK;
  }

  private static EventTypeTable load() {
    try (InputStream file = EventTypes.class.getResourceAsStream(FILE)) {
      if (file == null) {
        throw new IllegalStateException(FILE + " is missing beside " + EventTypes.class.getName());
      }
      return EventTypeTable.parse(
          FILE, new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(FILE + " cannot be read", unreadable);
    }
  }
}
