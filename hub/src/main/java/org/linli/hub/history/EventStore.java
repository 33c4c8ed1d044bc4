package org.linli.hub.history;

/** Events as they were kept, newest first. */
public interface EventStore {

  /**
   * One page. Its order is total (see {@link EventCursor}), so reading on from {@link
   * EventPage#next} neither repeats nor skips an event that was there when the first page was read,
   * whatever arrives meanwhile. An event can be found a moment after it was stored.
   *
   * @throws HistoryUnavailableException when the store cannot be read now
   */
  EventPage find(EventQuery query);
}
