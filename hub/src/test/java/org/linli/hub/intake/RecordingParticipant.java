package org.linli.hub.intake;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.linli.hub.journal.HubEvent;
import org.linli.hub.journal.StoreUnavailableException;

/**
 * A participant that remembers what it was given, and that a test can hold up or take the records
 * from.
 */
public final class RecordingParticipant implements BatchParticipant {

  private final List<HubEvent> applied = new CopyOnWriteArrayList<>();
  private volatile boolean away;
  private volatile Runnable onApply = () -> {};
  private volatile Consumer<List<HubEvent>> onEvents = events -> {};

  @Override
  public String name() {
    return "recording";
  }

  @Override
  public void apply(List<HubEvent> events) {
    onApply.run();
    onEvents.accept(events);
    if (away) {
      throw new StoreUnavailableException("taken away by the test");
    }
    applied.addAll(events);
  }

  /** As where the records have no room. */
  public void goAway(boolean isAway) {
    away = isAway;
  }

  public void onApply(Runnable action) {
    onApply = action;
  }

  /** Called with what is to be applied; what it throws, this throws. */
  public void onEvents(Consumer<List<HubEvent>> action) {
    onEvents = action;
  }

  public List<HubEvent> applied() {
    return List.copyOf(applied);
  }

  /** The ids of what was applied, in order. */
  public List<String> ids() {
    return applied.stream().map(HubEvent::id).toList();
  }
}
