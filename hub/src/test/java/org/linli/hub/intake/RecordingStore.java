package org.linli.hub.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A store that remembers what it was given, and that a test can take away for a while. */
public final class RecordingStore implements DurableStore {

  private final List<HubEvent> kept = new CopyOnWriteArrayList<>();
  private volatile boolean away;
  private volatile Runnable onAppend = () -> {};

  @Override
  public void append(List<HubEvent> events) {
    onAppend.run();
    if (away) {
      throw new StoreUnavailableException("taken away by the test", new IllegalStateException());
    }
    kept.addAll(events);
  }

  public void goAway(boolean isAway) {
    away = isAway;
  }

  public void onAppend(Runnable action) {
    onAppend = action;
  }

  public List<HubEvent> kept() {
    return new ArrayList<>(kept);
  }
}
