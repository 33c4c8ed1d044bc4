package org.linli.hub.intake;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A participant that remembers what it was given, and that a test can make fail. */
public final class RecordingParticipant implements BatchParticipant {

  private final List<HubEvent> applied = new CopyOnWriteArrayList<>();
  private volatile boolean failing;

  @Override
  public void apply(List<HubEvent> events) {
    if (failing) {
      throw new IllegalStateException("failing as the test wants it");
    }
    applied.addAll(events);
  }

  public void fail(boolean isFailing) {
    failing = isFailing;
  }

  public List<HubEvent> applied() {
    return List.copyOf(applied);
  }

  /** The ids of what was applied, in order. */
  public List<String> ids() {
    return applied.stream().map(HubEvent::id).toList();
  }
}
