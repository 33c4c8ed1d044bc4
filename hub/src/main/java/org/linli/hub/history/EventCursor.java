package org.linli.hub.history;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.Optional;
import org.linli.event.DeviceId;
import org.linli.event.GatewayId;

/**
 * An event's place in the history, newest first: by time; within one millisecond by device and
 * gateway; for one device by epoch and order number, highest first. Opaque to clients, who carry it
 * as {@link #text}.
 */
public record EventCursor(Instant time, DeviceId device, GatewayId gateway, long epoch, long order)
    implements Comparable<EventCursor> {

  private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant BEYOND_LATEST = Instant.parse("+10000-01-01T00:00:00Z");

  private static final Comparator<EventCursor> NEWEST_FIRST =
      Comparator.comparing(EventCursor::time)
          .reversed()
          .thenComparing(cursor -> cursor.device().value())
          .thenComparing(cursor -> cursor.gateway().value())
          .thenComparing(EventCursor::epoch, Comparator.reverseOrder())
          .thenComparing(EventCursor::order, Comparator.reverseOrder());

  /** Returns the place of an event. */
  public static EventCursor at(StoredEvent event) {
    return new EventCursor(
        event.time(), event.device(), event.gateway(), event.epoch(), event.order());
  }

  /** Reads what {@link #text} wrote; empty for anything else. */
  public static Optional<EventCursor> parse(String text) {
    try {
      String[] parts =
          new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(" ", -1);
      if (parts.length != 5) {
        return Optional.empty();
      }
      Instant time = Instant.ofEpochMilli(Long.parseLong(parts[0]));
      if (time.isBefore(EARLIEST) || !time.isBefore(BEYOND_LATEST)) {
        return Optional.empty();
      }
      return Optional.of(
          new EventCursor(
              time,
              new DeviceId(parts[1]),
              new GatewayId(parts[2]),
              Long.parseLong(parts[3]),
              Long.parseLong(parts[4])));
    } catch (IllegalArgumentException | DateTimeException notOurs) {
      return Optional.empty();
    }
  }

  /** Returns the cursor as letters, digits, hyphens and underscores. */
  public String text() {
    String plain = time.toEpochMilli() + " " + device + " " + gateway + " " + epoch + " " + order;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(plain.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public int compareTo(EventCursor other) {
    return NEWEST_FIRST.compare(this, other);
  }
}
