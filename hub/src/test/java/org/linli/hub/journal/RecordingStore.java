package org.linli.hub.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** A store that remembers what it took, and that a test can take away or make choosy. */
public final class RecordingStore implements DurableStore {

  private final List<HubEvent> kept = new CopyOnWriteArrayList<>();
  private volatile boolean away;
  private volatile boolean forgetful;
  private volatile Runnable onAppend = () -> {};
  private volatile Predicate<HubEvent> refused = event -> false;

  @Override
  public void append(List<HubEvent> events) {
    onAppend.run();
    if (away) {
      throw new StoreUnavailableException("taken away by the test");
    }
    if (events.stream().anyMatch(refused)) {
      throw new EventsRefusedException("refused as the test wants it", new IllegalStateException());
    }
    kept.addAll(events);
  }

  /** Has each append refused that contains such an event. */
  public void refuse(Predicate<HubEvent> which) {
    refused = which;
  }

  @Override
  public boolean needsArchive() {
    return forgetful;
  }

  /** May lose from now on what it has. */
  void beForgetful() {
    forgetful = true;
  }

  void forget() {
    kept.clear();
  }

  public void goAway(boolean isAway) {
    away = isAway;
  }

  void onAppend(Runnable action) {
    onAppend = action;
  }

  public List<HubEvent> kept() {
    return new ArrayList<>(kept);
  }
}
