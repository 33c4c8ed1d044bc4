package org.linli.hub.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A store that remembers what it took, and that a test can take away or make choosy. */
final class RecordingStore implements DurableStore {

  private final List<HubEvent> kept = new CopyOnWriteArrayList<>();
  private volatile boolean away;
  private volatile Runnable onAppend = () -> {};
  private volatile String refused = "";

  @Override
  public void append(List<HubEvent> events) {
    onAppend.run();
    if (away) {
      throw new StoreUnavailableException("taken away by the test");
    }
    if (events.stream().anyMatch(event -> event.id().equals(refused))) {
      throw new EventsRefusedException("refused by the test", new IllegalStateException());
    }
    kept.addAll(events);
  }

  void goAway(boolean isAway) {
    away = isAway;
  }

  void onAppend(Runnable action) {
    onAppend = action;
  }

  /** Never takes the event with this id. */
  void refuse(String id) {
    refused = id;
  }

  List<HubEvent> kept() {
    return new ArrayList<>(kept);
  }
}
