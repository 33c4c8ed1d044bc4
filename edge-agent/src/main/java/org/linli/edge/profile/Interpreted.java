package org.linli.edge.profile;

import java.util.List;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.Refusal;
import org.linli.event.DeviceEvent;

/** A message and what a profile made of it. */
public sealed interface Interpreted {

  Message message();

  /** What it was read by, beside the message. */
  default Basis basis() {
    return Basis.NONE;
  }

  /** To be called where the message could not be kept, before its sender is told so. */
  default void notKept() {
    basis().undo();
  }

  /** One or more events, all or none of which are taken. */
  record Understood(Message message, List<DeviceEvent> events, Basis basis) implements Interpreted {

    public Understood {
      events = List.copyOf(events);
    }

    public Understood(Message message, List<DeviceEvent> events) {
      this(message, events, Basis.NONE);
    }
  }

  /**
   * Understood, and known to say nothing about any device, or nothing new: it is acknowledged and
   * counted.
   */
  record PassedOver(Message message, Basis basis) implements Interpreted {}

  /** Not understood: becomes a dead letter. */
  record Refused(Message message, Refusal refusal) implements Interpreted {}
}
