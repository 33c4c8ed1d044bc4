package org.linli.hub.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.linli.event.Value;

/**
 * Gathers a page from events that a store returns newest first, but in any order within one
 * millisecond. Such a group is read whole before its order is decided, but only as much of it is
 * held as a page needs. A page ends early if its events are large. Not safe for several threads.
 */
public final class NewestFirst {

  /** A page has at most this many characters of values, beyond its first event. */
  static final long MOST_CHARACTERS = 2_000_000;

  /** What an event counts besides its values. */
  private static final int CHARACTERS_OF_EVENT = 300;

  private static final int CHARACTERS_OF_NUMBER = 20;

  private final EventQuery query;
  private final List<StoredEvent> items = new ArrayList<>();

  /** The events of one millisecond that come first, with the last of them on top. */
  private final PriorityQueue<StoredEvent> sameTime =
      new PriorityQueue<>(Comparator.comparing(EventCursor::at).reversed());

  private long characters;
  private long groupCharacters;

  /** Whether there was more than is held. */
  private boolean isCut;

  public NewestFirst(EventQuery query) {
    this.query = query;
  }

  /** Takes the next event and returns whether more are needed to complete the page. */
  public boolean offer(StoredEvent event) {
    if (!sameTime.isEmpty() && !sameTime.peek().time().equals(event.time())) {
      settle();
    }
    EventCursor after = query.after();
    if (after == null || EventCursor.at(event).compareTo(after) > 0) {
      sameTime.add(event);
      groupCharacters += charactersOf(event);
      while (sameTime.size() > 1 && holdsMoreThanAPage()) {
        groupCharacters -= charactersOf(sameTime.remove());
        isCut = true;
      }
    }
    boolean isFull = items.size() > query.limit() || characters > MOST_CHARACTERS;
    isCut |= isFull;
    return !isFull;
  }

  /** Returns whether more than a page is held, even without the last event of the group. */
  private boolean holdsMoreThanAPage() {
    return items.size() + sameTime.size() - 1 > query.limit()
        || groupCharacters - charactersOf(sameTime.element()) > MOST_CHARACTERS;
  }

  /** Returns the page, once no more events are needed or there are none. */
  public EventPage page() {
    settle();
    return cut(items, query.limit(), isCut);
  }

  /** Merges pages of the same query, each from another part of the events, into one. */
  public static EventPage together(EventQuery query, List<EventPage> pages) {
    TreeMap<EventCursor, StoredEvent> all = new TreeMap<>();
    @Nullable EventCursor known = null;
    for (EventPage page : pages) {
      page.items().forEach(event -> all.put(EventCursor.at(event), event));
      EventCursor end = page.next();
      if (end != null && (known == null || end.compareTo(known) < 0)) {
        known = end;
      }
    }
    // Beyond the end of a page that continues, nothing is known about its part.
    List<StoredEvent> items =
        new ArrayList<>((known == null ? all : all.headMap(known, true)).values());
    return cut(items, query.limit(), known != null);
  }

  private static EventPage cut(List<StoredEvent> items, int limit, boolean isCut) {
    long sum = 0;
    int fit = 0;
    while (fit < items.size() && fit < limit && (fit == 0 || sum <= MOST_CHARACTERS)) {
      sum += charactersOf(items.get(fit));
      fit++;
    }
    if (items.isEmpty() || (fit == items.size() && !isCut)) {
      return new EventPage(items, null);
    }
    List<StoredEvent> page = items.subList(0, fit);
    return new EventPage(page, EventCursor.at(page.getLast()));
  }

  private static long charactersOf(StoredEvent event) {
    long sum = CHARACTERS_OF_EVENT;
    for (Map.Entry<String, Value> value : event.values().byName().entrySet()) {
      sum += value.getKey().length() + CHARACTERS_OF_NUMBER;
      sum += value.getValue() instanceof Value.Text(String text) ? text.length() : 0;
    }
    return sum;
  }

  private void settle() {
    List<StoredEvent> inOrder = new ArrayList<>(sameTime);
    inOrder.sort(Comparator.comparing(EventCursor::at));
    items.addAll(inOrder);
    inOrder.forEach(event -> characters += charactersOf(event));
    sameTime.clear();
    groupCharacters = 0;
  }
}
