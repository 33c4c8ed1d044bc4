package org.linli.hub.intake;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Gives events to every store, and finds those that one of them never takes: what is refused
 * together is given in halves, down to the single event. So one event that a store dislikes costs
 * some twenty writes, and the others of its batch go on.
 */
final class Storing {

  private final ObjectProvider<DurableStore> stores;

  Storing(ObjectProvider<DurableStore> stores) {
    this.stores = stores;
  }

  /**
   * @param row of the journal, the last that they are from
   * @return why, for each event that a store refused; all others are durable in every store
   * @throws StoreUnavailableException when nothing can be written now
   */
  Map<HubEvent, String> append(List<HubEvent> events, long row) {
    Map<HubEvent, String> refused = new IdentityHashMap<>();
    stores
        .orderedStream()
        .forEach(store -> append(store, remaining(events, refused), row, refused));
    return refused;
  }

  /** Whether one of them may have to be given again what it has. */
  boolean needArchive() {
    return stores.stream().anyMatch(DurableStore::needsArchive);
  }

  private static List<HubEvent> remaining(List<HubEvent> events, Map<HubEvent, String> refused) {
    if (refused.isEmpty()) {
      return events;
    }
    List<HubEvent> remaining = new ArrayList<>(events);
    remaining.removeIf(refused::containsKey);
    return remaining;
  }

  private static void append(
      DurableStore store, List<HubEvent> events, long row, Map<HubEvent, String> refused) {
    if (events.isEmpty()) {
      return;
    }
    try {
      store.append(events, row);
    } catch (EventsRefusedException e) {
      if (events.size() == 1) {
        refused.put(events.getFirst(), String.valueOf(e.getMessage()));
      } else {
        int half = events.size() / 2;
        append(store, events.subList(0, half), row, refused);
        append(store, events.subList(half, events.size()), row, refused);
      }
    }
  }
}
