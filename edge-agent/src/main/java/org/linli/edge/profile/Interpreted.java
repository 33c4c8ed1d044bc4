package org.linli.edge.profile;

import java.util.List;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.Refusal;
import org.linli.event.DeviceEvent;

/** A message and what a profile made of it. */
public sealed interface Interpreted {

  Message message();

  /** To be called where the message could not be kept, before its sender is told so. */
  default void notKept() {}

  /**
   * One or more events, all or none of which are taken.
   *
   * @param undo has the profile forget what it remembered with this message, so that the message
   *     says the same when it comes again
   */
  record Understood(Message message, List<DeviceEvent> events, Runnable undo)
      implements Interpreted {

    public Understood {
      events = List.copyOf(events);
    }

    public Understood(Message message, List<DeviceEvent> events) {
      this(message, events, () -> {});
    }

    @Override
    public void notKept() {
      undo.run();
    }
  }

  /** Understood, and known to say nothing about any device: it is acknowledged and counted. */
  record PassedOver(Message message) implements Interpreted {}

  /** Not understood: becomes a dead letter. */
  record Refused(Message message, Refusal refusal) implements Interpreted {}
}
