package org.linli.edge.profile;

import java.util.List;
import java.util.Map;
import org.linli.event.EventType;
import org.linli.event.Value;
import org.linli.event.Values;

/**
 * Whether equipment is online, for formats that say so repeatedly: always a measurement {@code
 * online}, and {@code device.online} or {@code device.offline} at a change.
 */
public final class OnlineState {

  private static final EventType ONLINE = new EventType("device.online");
  private static final EventType OFFLINE = new EventType("device.offline");
  private static final String SIGNAL = "online";

  private final Changes changes;

  public OnlineState(Changes changes) {
    this.changes = changes;
  }

  /** Adds the state to the reading. */
  public void tell(MessageReading reading, Subject subject, boolean online) throws Unreadable {
    reading.measured(subject, null, List.of(new Values(Map.of(SIGNAL, new Value.Truth(online)))));
    if (changes.isChange(reading, subject, SIGNAL, online)) {
      reading.happened(subject, online ? ONLINE : OFFLINE, null, Values.NONE);
    }
  }
}
