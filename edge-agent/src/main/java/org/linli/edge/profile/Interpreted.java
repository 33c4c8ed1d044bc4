package org.linli.edge.profile;

import java.util.List;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.Refusal;
import org.linli.event.DeviceEvent;

/** A message and what a profile made of it. */
public sealed interface Interpreted {

  Message message();

  /** One or more events, all or none of which are taken. */
  record Understood(Message message, List<DeviceEvent> events) implements Interpreted {
    public Understood {
      events = List.copyOf(events);
    }
  }

  /** Not understood: becomes a dead letter. */
  record Refused(Message message, Refusal refusal) implements Interpreted {}
}
