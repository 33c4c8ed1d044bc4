package org.linli.hub.intake;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Every store there is, given events together and finding out which of them one refuses. */
@Component
class Stores {

  private final ObjectProvider<DurableStore> stores;

  Stores(ObjectProvider<DurableStore> stores) {
    this.stores = stores;
  }

  /**
   * Has all of it on disk in every store when it returns, except what a store will never take.
   *
   * @return what was refused by at least one store, with that store's words
   * @throws StoreUnavailableException when a store cannot write now
   */
  Map<HubEvent, String> append(List<HubEvent> events) {
    Map<HubEvent, String> refused = new LinkedHashMap<>();
    if (!events.isEmpty()) {
      stores.orderedStream().forEach(store -> append(store, events, refused));
    }
    return refused;
  }

  /** Halves what is refused until the refused events are found. */
  private static void append(
      DurableStore store, List<HubEvent> events, Map<HubEvent, String> refused) {
    try {
      store.append(events);
    } catch (EventsRefusedException e) {
      if (events.size() == 1) {
        refused.putIfAbsent(events.getFirst(), String.valueOf(e.getMessage()));
        return;
      }
      int half = events.size() / 2;
      append(store, events.subList(0, half), refused);
      append(store, events.subList(half, events.size()), refused);
    }
  }
}
