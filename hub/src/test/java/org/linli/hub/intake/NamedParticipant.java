package org.linli.hub.intake;

import java.util.List;
import java.util.function.Consumer;
import org.linli.hub.journal.HubEvent;

/** A participant that is what a test makes of it. */
record NamedParticipant(String name, Consumer<List<HubEvent>> work) implements BatchParticipant {

  @Override
  public void apply(List<HubEvent> events) {
    work.accept(events);
  }
}
