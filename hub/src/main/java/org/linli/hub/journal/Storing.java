package org.linli.hub.journal;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Gives events to every store, and finds those that one of them never takes. Events that are
 * refused together are split in halves, down to the single event. One refused event therefore costs
 * some twenty writes, and the others of its batch are stored.
 */
final class Storing {

  private final ObjectProvider<DurableStore> stores;

  Storing(ObjectProvider<DurableStore> stores) {
    this.stores = stores;
  }

  /**
   * @param row the last row of the journal that the events are from
   * @return the reason for each event that a store refused; all others are durable in every store
   * @throws StoreUnavailableException when nothing can be written now
   */
  Map<HubEvent, String> append(List<HubEvent> events, long row) {
    Map<HubEvent, String> refused = new IdentityHashMap<>();
    stores
        .orderedStream()
        .forEach(store -> append(store, remaining(events, refused), row, refused));
    return refused;
  }

  /** Returns whether one of the stores may have to receive again what it has. */
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
