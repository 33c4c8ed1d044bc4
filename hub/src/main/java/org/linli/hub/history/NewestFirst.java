package org.linli.hub.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Gathers a page from events that a store gives newest first but in any order within one
 * millisecond: such a group is read whole before its order is decided. Not for use by several
 * threads.
 */
public final class NewestFirst {

  private final EventQuery query;
  private final List<StoredEvent> items = new ArrayList<>();
  private final List<StoredEvent> sameTime = new ArrayList<>();

  public NewestFirst(EventQuery query) {
    this.query = query;
  }

  /** Takes the next event; answers whether more are needed to know the page. */
  public boolean offer(StoredEvent event) {
    if (!sameTime.isEmpty() && !sameTime.getFirst().time().equals(event.time())) {
      settle();
    }
    EventCursor after = query.after();
    if (after == null || EventCursor.at(event).compareTo(after) > 0) {
      sameTime.add(event);
    }
    return items.size() <= query.limit();
  }

  /** The page, once no more are needed or there are none. */
  public EventPage page() {
    settle();
    if (items.size() <= query.limit()) {
      return new EventPage(items, null);
    }
    List<StoredEvent> page = items.subList(0, query.limit());
    return new EventPage(page, EventCursor.at(page.getLast()));
  }

  private void settle() {
    sameTime.sort(Comparator.comparing(EventCursor::at));
    items.addAll(sameTime);
    sameTime.clear();
  }
}
