package org.linli.hub.history;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.linli.event.CommunityId;
import org.linli.event.DeviceId;
import org.linli.event.EventType;
import org.linli.event.Kind;

/**
 * Selects events; null components do not narrow the query. The constructor throws {@link
 * IllegalArgumentException} if the limit is out of range.
 *
 * @param community only events of its gateways when they were applied
 * @param from the earliest {@link StoredEvent#time}, inclusive
 * @param to the end of the time range, exclusive
 * @param limit the most events, 1 to {@value #MAX_LIMIT}
 * @param after where the page before ended; null for the first page
 */
public record EventQuery(
    @Nullable CommunityId community,
    @Nullable DeviceId device,
    @Nullable Kind kind,
    @Nullable EventType type,
    @Nullable Instant from,
    @Nullable Instant to,
    int limit,
    @Nullable EventCursor after) {

  public static final int MAX_LIMIT = 1000;

  public EventQuery {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException(
          "limit is " + limit + ", 1 to " + MAX_LIMIT + " are allowed");
    }
  }

  /** Selects the newest events of every device. */
  public static EventQuery newest(int limit) {
    return new EventQuery(null, null, null, null, null, null, limit, null);
  }

  /** Selects the page after this cursor. */
  public EventQuery after(EventCursor cursor) {
    return new EventQuery(community, device, kind, type, from, to, limit, cursor);
  }

  /** Narrows the query to this community. */
  public EventQuery in(CommunityId of) {
    return new EventQuery(of, device, kind, type, from, to, limit, after);
  }

  /** Narrows the query to devices of this id. */
  public EventQuery of(DeviceId device) {
    return new EventQuery(community, device, kind, type, from, to, limit, after);
  }

  /** Returns the query for a part of the time. */
  public EventQuery between(
      @Nullable Instant begin, @Nullable Instant end, int most, @Nullable EventCursor cursor) {
    return new EventQuery(community, device, kind, type, begin, end, most, cursor);
  }
}
