package org.linli.hub.console.rest;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linli.event.Times;
import org.linli.hub.history.EventCursor;
import org.linli.hub.history.EventPage;
import org.linli.hub.history.EventQuery;
import org.linli.hub.history.EventStore;
import org.linli.hub.history.StoredEvent;

/**
 * Pages of events, newest first. Events with a time more than a day after the request for the first
 * page come last, so that a gateway whose clock is years ahead does not stay above all others for
 * ever. If the query has an end time, nothing is moved.
 *
 * <p>The border is fixed by the first page and is part of the cursor, so that reading on neither
 * repeats nor skips an event.
 */
final class PlausibleFirst {

  private static final Duration ALLOWED_AHEAD = Duration.ofDays(1);

  private static final String NEAR = "n";
  private static final String AHEAD = "a";

  private final EventStore events;
  private final InstantSource clock;

  PlausibleFirst(EventStore events, InstantSource clock) {
    this.events = events;
    this.clock = clock;
  }

  /**
   * Where a page begins.
   *
   * @param border null if the store's order is the list's
   * @param isAhead whether it lies behind the border
   * @param after null for the beginning
   */
  private record PagePosition(
      @Nullable Instant border, boolean isAhead, @Nullable EventCursor after) {

    static PagePosition parse(String text) {
      String[] parts = text.split("\\.", -1);
      if (parts.length == 1) {
        return new PagePosition(null, false, cursor(text));
      }
      if (parts.length != 3 || !(parts[0].equals(NEAR) || parts[0].equals(AHEAD))) {
        throw refused();
      }
      try {
        Instant border = Instant.ofEpochMilli(Long.parseLong(parts[1]));
        if (Times.isOutside(border)) {
          throw refused();
        }
        return new PagePosition(
            border, parts[0].equals(AHEAD), parts[2].isEmpty() ? null : cursor(parts[2]));
      } catch (NumberFormatException notOurs) {
        throw refused();
      }
    }

    private static EventCursor cursor(String text) {
      return EventCursor.parse(text).orElseThrow(PagePosition::refused);
    }

    private static RefusedRequestException refused() {
      return RefusedRequestException.badField(
          "cursor", "The parameter 'cursor' is not one that this list gave.");
    }
  }

  /**
   * Returns one page.
   *
   * @param query without a cursor
   * @param cursor the {@code next} of the page before; null for the first page
   * @throws RefusedRequestException if the cursor is not one of these
   */
  Listed<EventShape> find(EventQuery query, @Nullable String cursor) {
    PagePosition position =
        cursor == null
            ? new PagePosition(clock.instant().plus(ALLOWED_AHEAD), false, null)
            : PagePosition.parse(cursor);
    Instant border = position.border();
    if (border == null || query.to() != null || !isBefore(query.from(), border)) {
      EventPage page = events.find(from(query, position.after()));
      return listed(page.items(), page.next() == null ? null : page.next().text());
    }
    return position.isAhead()
        ? ahead(query, border, position.after(), List.of())
        : near(query, border, position.after());
  }

  private static boolean isBefore(@Nullable Instant from, Instant border) {
    return from == null || from.isBefore(border);
  }

  private Listed<EventShape> near(EventQuery query, Instant border, @Nullable EventCursor after) {
    EventPage page = events.find(query.between(query.from(), border, query.limit(), after));
    EventCursor next = page.next();
    return next == null
        ? ahead(query, border, null, page.items())
        : listed(page.items(), text(NEAR, border, next));
  }

  /** Fills up the rest of a page, so that only the last page can be empty. */
  private Listed<EventShape> ahead(
      EventQuery query, Instant border, @Nullable EventCursor after, List<StoredEvent> before) {
    int room = query.limit() - before.size();
    EventPage page = events.find(query.between(border, null, Math.max(1, room), after));
    if (room == 0) {
      return listed(before, page.items().isEmpty() ? null : text(AHEAD, border, null));
    }
    List<StoredEvent> items = new ArrayList<>(before);
    items.addAll(page.items());
    EventCursor next = page.next();
    return listed(items, next == null ? null : text(AHEAD, border, next));
  }

  private static EventQuery from(EventQuery query, @Nullable EventCursor after) {
    return after == null ? query : query.after(after);
  }

  private static String text(String part, Instant border, @Nullable EventCursor next) {
    return part + "." + border.toEpochMilli() + "." + (next == null ? "" : next.text());
  }

  private static Listed<EventShape> listed(List<StoredEvent> items, @Nullable String next) {
    return new Listed<>(items.stream().map(EventShape::of).toList(), next);
  }
}
