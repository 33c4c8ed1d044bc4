package org.linli.hub.history;

/** Finds stored events, newest first. */
public interface EventStore {

  /**
   * Returns one page. The order is total (see {@link EventCursor}). Reading on from {@link
   * EventPage#next} therefore neither repeats nor skips an event that was there when the first page
   * was read, whatever arrives meanwhile. An event can be found a moment after it was stored.
   *
   * @throws HistoryUnavailableException when the store cannot be read now
   */
  EventPage find(EventQuery query);
}
